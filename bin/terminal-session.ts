/** Joins the terminal we run in to a new one in a sandbox. */
import type { ReadStream, WriteStream } from 'node:tty';
import type { SandboxClient } from '../sandbox-client/client.ts';
import type { TerminalAttachment } from '../sandbox-client/terminal-attachment.ts';
import { codeOfSignal, exitCodes } from './exit-code.ts';

export interface TerminalSessionOptions {
  client: SandboxClient;
  sandboxId: string;
  input?: ReadStream;
  output?: WriteStream;
}

/** Resolves with the exit status of the shell when it ends. Rejects when the connection is lost. */
export async function attachToTerminal(options: TerminalSessionOptions): Promise<number> {
  const { client, sandboxId, input = process.stdin, output = process.stdout } = options;
  const terminal = await client.openTerminal(sandboxId, sizeOf(output));
  const ended = Promise.withResolvers<number>();
  let received = 0;
  const attachment: TerminalAttachment = client.attachTerminal(
    sandboxId,
    terminal.id,
    { from: 0 },
    {
      onHello: ({ seq }) => (received = seq),
      onOutput(bytes) {
        received += bytes.length;
        const seq = received;
        // Acknowledged when it is written: a slow terminal slows the shell, not our memory.
        output.write(bytes, () => attachment.acknowledge(seq));
      },
      onExit: ({ code, signal }) => ended.resolve(signal ? codeOfSignal(signal) : (code ?? exitCodes.failed)),
      onClose: ({ error }) => ended.reject(error ?? new Error('the sandbox-server closed the terminal')),
    },
  );
  const onData = (bytes: Buffer) => attachment.write(bytes);
  const onResize = () => {
    const { cols, rows } = sizeOf(output);
    attachment.resize(cols, rows);
  };
  input.setRawMode(true);
  input.on('data', onData);
  output.on('resize', onResize);
  try {
    return await ended.promise;
  } finally {
    output.off('resize', onResize);
    input.off('data', onData);
    input.setRawMode(false);
    input.pause();
    attachment.close();
    await client.closeTerminal(sandboxId, terminal.id);
  }
}

/** Within what the protocol takes; some terminals do not know their size and say 0. */
function sizeOf({ columns, rows }: WriteStream): { cols: number; rows: number } {
  const bounded = (size: number, unknown: number) => (size < 2 ? unknown : Math.min(size, 500));
  return { cols: bounded(columns, 80), rows: bounded(rows, 24) };
}
