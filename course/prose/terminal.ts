import type { OpenTerminal, TerminalView } from '../../protocol/sandbox-api.ts';
import type { AttachmentHandlers, TerminalAttachment } from '../../sandbox-client/terminal-attachment.ts';
import { Typist } from './typist.ts';

/** What typing into a machine needs of a `SandboxClient`. */
export interface TerminalClient {
  openTerminal(id: string, request: OpenTerminal): Promise<TerminalView>;
  attachTerminal(
    id: string,
    terminalId: string,
    start: { from: number },
    handlers: AttachmentHandlers,
  ): Pick<TerminalAttachment, 'write' | 'acknowledge' | 'close'>;
}

/** As wide as lessons are written for. */
const size = { cols: 100, rows: 30 };

/** A terminal with somebody at it. It ends with its machine; disposing only lets go of it. */
export async function openTypist(
  client: TerminalClient,
  sandboxId: string,
): Promise<{ typist: Typist; lost: AbortSignal } & Disposable> {
  const { id } = await client.openTerminal(sandboxId, size);
  const lost = new AbortController();
  const decoder = new TextDecoder();
  let seq = 0;
  const attachment = client.attachTerminal(
    sandboxId,
    id,
    { from: 0 },
    {
      onHello: (hello) => (seq = hello.seq),
      onOutput: (bytes) => {
        seq += bytes.length;
        attachment.acknowledge(seq);
        typist.hear(decoder.decode(bytes, { stream: true }));
      },
      onExit: () =>
        lost.abort(new Error('the shell of the terminal has ended; expected it to be there to the end')),
      onClose: ({ error }) => lost.abort(error ?? new Error('the terminal was closed')),
    },
  );
  const typist = new Typist((text) => attachment.write(Buffer.from(text)));
  return { typist, lost: lost.signal, [Symbol.dispose]: () => attachment.close() };
}
