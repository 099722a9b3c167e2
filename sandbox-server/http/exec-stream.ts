/** Answers an exec request with multiplexed frames (`execStreams` in protocol/sandbox-api.ts). */
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { CodedError } from '../../protocol/errors.ts';
import {
  execRequestSchema,
  execStreams,
  feedHeader,
  type ExecExit,
  type ExecRequest,
} from '../../protocol/sandbox-api.ts';
import type { SandboxEngine } from '../engine.ts';

function frame(stream: number, payload: Buffer): Buffer {
  const header = Buffer.alloc(8);
  header[0] = stream;
  header.writeUInt32BE(payload.length, 4);
  return Buffer.concat([header, payload]);
}

export interface ExecStreamOptions {
  engine: SandboxEngine;
  sandboxId: string;
  request: ExecRequest;
  response: ServerResponse;
  /** Standard input as it comes, in place of the request's own. */
  input?: Readable;
}

/** The command of a request whose body is its standard input. */
export function feedRequestOf(request: IncomingMessage): ExecRequest {
  const header = String(request.headers[feedHeader] ?? '');
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(header, 'base64url').toString('utf8'));
  } catch {
    throw new CodedError(
      'BAD_REQUEST',
      `expected the command in the header ${feedHeader}, as JSON in base64url`,
    );
  }
  const parsed = execRequestSchema.safeParse(value);
  if (parsed.success && parsed.data.stdin === undefined) return parsed.data;
  throw new CodedError('BAD_REQUEST', `the header ${feedHeader} is no command with its input in the body`);
}

/** The client going away ends the command. */
export async function streamExec(options: ExecStreamOptions): Promise<void> {
  const { engine, sandboxId, request, response, input } = options;
  if (!engine.isRunning(sandboxId)) {
    throw new CodedError('SANDBOX_NOT_RUNNING', `sandbox ${sandboxId} is not running; start it first`);
  }
  const aborter = new AbortController();
  // Of a client that has gone already no event comes any more.
  if (response.closed || response.destroyed) aborter.abort();
  response.on('close', () => aborter.abort());
  const send = async (stream: number, payload: Buffer): Promise<void> => {
    if (response.destroyed || response.write(frame(stream, payload))) return;
    // Rejects when the client goes: then nobody is left to wait for.
    await once(response, 'drain', { signal: aborter.signal }).catch(() => undefined);
  };
  response.writeHead(200, { 'content-type': 'application/vnd.docker.multiplexed-stream' });
  // The client learns at once that the command was accepted.
  response.flushHeaders();
  let exit: ExecExit;
  try {
    exit = await engine.exec(sandboxId, request, {
      onStdout: (chunk) => send(execStreams.stdout, chunk),
      onStderr: (chunk) => send(execStreams.stderr, chunk),
      signal: aborter.signal,
      ...(input && { input }),
    });
  } catch (error) {
    // The status is sent already: a stream without its last frame tells the client that something broke.
    response.destroy();
    throw error;
  }
  await send(execStreams.exit, Buffer.from(JSON.stringify(exit)));
  response.end();
}
