/** One HTTP request over the sandbox-server's Unix socket. */
import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { CodedError } from '../protocol/errors.ts';
import { errorFromAnswer, errorFromTransport, timedOut } from './server-error.ts';

export interface ServerRequest {
  socketPath: string;
  method: 'GET' | 'POST' | 'DELETE';
  /** With its query, already encoded. */
  path: string;
  /** Sent as JSON. */
  body?: unknown;
  /** Sent as it comes, in place of `body`. */
  input?: Readable;
  headers?: Record<string, string>;
  /** Until the answer's head has arrived; for `requestJson` until it is complete. */
  timeoutMs: number;
  signal?: AbortSignal | undefined;
}

/** The largest answer we read: a file of 64 KiB in base64, or the processes of a full machine, fit many times over. */
const maxAnswerBytes = 64 * 1024 * 1024;

/**
 * The answer as JSON; null for 204. The server's coded errors are thrown with their code; SANDBOX_SERVER_DOWN when it
 * cannot be reached or takes longer than `timeoutMs`; an AbortError when `signal` fires.
 */
export async function requestJson<T>(options: ServerRequest): Promise<T> {
  const what = describe(options);
  const deadline = AbortSignal.timeout(options.timeoutMs);
  const signal = options.signal ? AbortSignal.any([options.signal, deadline]) : deadline;
  try {
    const answer = await send({ ...options, signal });
    const text = await readText(answer, maxAnswerBytes);
    const status = answer.statusCode ?? 0;
    if (status < 200 || status > 299) throw errorFromAnswer(status, text, what);
    return (status === 204 ? null : parseJson(text, what)) as T;
  } catch (error) {
    if (deadline.aborted && !options.signal?.aborted) throw timedOut(what, options.timeoutMs);
    throw errorFromTransport(error, what, options.socketPath);
  }
}

/** The answer as it streams; an error status is thrown as for `requestJson`. The caller reads or destroys it. */
export async function requestStream(options: ServerRequest): Promise<IncomingMessage> {
  const what = describe(options);
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), options.timeoutMs);
  const signal = options.signal ? AbortSignal.any([options.signal, late.signal]) : late.signal;
  try {
    const answer = await send({ ...options, signal });
    const status = answer.statusCode ?? 0;
    if (status !== 200) throw errorFromAnswer(status, await readText(answer, maxAnswerBytes), what);
    return answer;
  } catch (error) {
    if (late.signal.aborted && !options.signal?.aborted) throw timedOut(what, options.timeoutMs);
    throw errorFromTransport(error, what, options.socketPath);
  } finally {
    clearTimeout(timer);
  }
}

/** For messages: `POST /v1/sandboxes`, without the query. */
export function describe({ method, path }: Pick<ServerRequest, 'method' | 'path'>): string {
  return `${method} ${path.split('?')[0]}`;
}

/** The whole body as UTF-8; past `maxBytes` the connection is ended and an error thrown. */
export async function readText(answer: IncomingMessage, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) throw new RangeError(`the answer is longer than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function send(options: ServerRequest): Promise<IncomingMessage> {
  const { socketPath, method, path, body, input, signal } = options;
  const payload = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
  const described = payload ? { 'content-type': 'application/json', 'content-length': payload.length } : {};
  const headers = { ...described, ...options.headers };
  return new Promise((resolve, reject) => {
    const outgoing = request({ socketPath, method, path, headers, agent: false, ...(signal && { signal }) });
    outgoing.on('error', reject);
    outgoing.on('response', resolve);
    if (!input) return outgoing.end(payload);
    // Cut off by its sender: an end, which the command can tell from a whole by the length.
    input.once('error', () => outgoing.end());
    input.pipe(outgoing);
  });
}

function parseJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new CodedError('INTERNAL', `the sandbox-server answered ${what} with something that is not JSON`, {
      cause,
    });
  }
}
