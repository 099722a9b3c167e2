import { spawn } from 'node:child_process';
import type { ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { execStreams } from '../protocol/sandbox-api.ts';

/** For tests: a command run on this very host, its frames as the sandbox-server sends them. Ends with the connection. */
export function runHere({
  argv: [program = '', ...rest],
  answer,
  input,
}: {
  argv: string[];
  answer: ServerResponse;
  input?: Readable;
}): void {
  const child = spawn(program, rest);
  const send = (stream: number, bytes: Buffer): void => {
    const header = Buffer.from([stream, 0, 0, 0, 0, 0, 0, 0]);
    header.writeUInt32BE(bytes.length, 4);
    answer.write(Buffer.concat([header, bytes]));
  };
  child.stdin.on('error', () => undefined);
  if (input) {
    child.once('exit', () => {
      input.unpipe(child.stdin);
      input.resume();
    });
    input.once('error', () => child.stdin.end());
    input.pipe(child.stdin);
  } else child.stdin.end();
  answer.flushHeaders();
  answer.on('close', () => child.kill('SIGKILL'));
  child.stdout.on('data', (bytes: Buffer) => send(execStreams.stdout, bytes));
  child.stderr.on('data', (bytes: Buffer) => send(execStreams.stderr, bytes));
  child.on('close', (exitCode, signal) => {
    send(execStreams.exit, Buffer.from(JSON.stringify({ exitCode, signal, timedOut: false })));
    answer.end();
  });
}
