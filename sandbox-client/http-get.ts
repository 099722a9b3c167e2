/**
 * One GET from inside a machine to what a learner serves there. Who answers is the learner's: time, header and body are
 * bounded, nothing is followed, and whatever comes is an observation.
 */
import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { HttpLook, HttpObservation, Observation } from '../grader/observer.ts';
import { CodedError } from '../protocol/errors.ts';
import type { DialSandbox } from './dial.ts';

export interface HttpGet extends HttpLook {
  /** `SandboxClient.dial`. */
  dial: DialSandbox;
  sandboxId: string;
  signal?: AbortSignal | undefined;
}

const overallTimeoutMs = 3_500;
const maxHeaderBytes = 16 * 1024;
const maxHeaders = 100;
const maxBodyBytes = 64 * 1024;

/** Rejects only when `signal` fires, or with the coded error of a look that could not be made at all. */
export async function getHttp(get: HttpGet): Promise<Observation<HttpObservation>> {
  const deadline = AbortSignal.timeout(overallTimeoutMs);
  const signal = get.signal ? AbortSignal.any([get.signal, deadline]) : deadline;
  let socket: Socket;
  try {
    const path = `tcp:${get.address}:${get.port}`;
    socket = await get.dial(get.sandboxId, path, { timeoutMs: overallTimeoutMs, signal });
  } catch (error) {
    get.signal?.throwIfAborted();
    if (deadline.aborted) return unanswered('silent');
    if (error instanceof CodedError && error.code === 'NOT_FOUND') {
      return unanswered(error.message.includes('ETIMEDOUT') ? 'silent' : 'refused');
    }
    throw error;
  }
  try {
    const answer = await sendGet(get, socket, signal);
    return { ok: true, value: await observe(answer) };
  } catch {
    get.signal?.throwIfAborted();
    return unanswered(deadline.aborted ? 'silent' : 'broken');
  } finally {
    socket.destroy();
  }
}

function unanswered(why: 'refused' | 'silent' | 'broken'): Observation<HttpObservation> {
  return { ok: true, value: { answered: false, why } };
}

function sendGet({ path, host, accept }: HttpGet, socket: Socket, signal: AbortSignal) {
  return new Promise<IncomingMessage>((resolve, reject) => {
    const outgoing = request({
      method: 'GET',
      path,
      headers: { host, connection: 'close', 'user-agent': 'chrootcamp', ...(accept && { accept }) },
      createConnection: () => socket,
      maxHeaderSize: maxHeaderBytes,
      signal,
    });
    outgoing.on('error', reject);
    outgoing.on('upgrade', () => reject(new Error('another protocol')));
    outgoing.on('response', resolve);
    outgoing.end();
  });
}

/** The start of a body tells enough; an endless one is not read to its end. */
async function observe(answer: IncomingMessage): Promise<HttpObservation> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= maxBodyBytes) break;
  }
  const body = Buffer.concat(chunks).subarray(0, maxBodyBytes).toString('utf8');
  return { answered: true, status: answer.statusCode ?? 0, headers: headersOf(answer), body };
}

function headersOf({ rawHeaders }: IncomingMessage): Record<string, string> {
  const headers: [string, string][] = [];
  for (let index = 0; index + 1 < rawHeaders.length && headers.length < maxHeaders; index += 2) {
    const name = rawHeaders[index]!.toLowerCase();
    if (!headers.some(([known]) => known === name)) headers.push([name, rawHeaders[index + 1]!]);
  }
  return Object.fromEntries(headers);
}
