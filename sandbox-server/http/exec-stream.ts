/** Answers an exec request with multiplexed frames (`execStreams` in protocol/sandbox-api.ts). */
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { execStreams, type ExecExit, type ExecRequest } from '../../protocol/sandbox-api.ts';
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
}

/** The client going away ends the command. */
export async function streamExec({ engine, sandboxId, request, response }: ExecStreamOptions): Promise<void> {
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
    });
  } catch (error) {
    // The status is sent already: a stream without its last frame tells the client that something broke.
    response.destroy();
    throw error;
  }
  await send(execStreams.exit, Buffer.from(JSON.stringify(exit)));
  response.end();
}
