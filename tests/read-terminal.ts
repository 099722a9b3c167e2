import type { SandboxClient } from '../sandbox-client/client.ts';
import type { TerminalAttachment } from '../sandbox-client/terminal-attachment.ts';

/** A terminal as whoever sits at it has it: what it has printed so far, and a way to type. */
export class ReadTerminal {
  text = '';
  readonly id: string;
  readonly #attachment: TerminalAttachment;

  private constructor(client: SandboxClient, sandboxId: string, id: string, onHello: () => void) {
    this.id = id;
    const handlers = {
      onHello,
      onOutput: (bytes: Buffer) => void (this.text += bytes.toString('latin1')),
      onExit: () => undefined,
      onClose: () => undefined,
    };
    this.#attachment = client.attachTerminal(sandboxId, id, { from: 0 }, handlers);
  }

  /** A new one of the sandbox, ready to be typed into. Acknowledges nothing: for a few kilobytes. */
  static async open(client: SandboxClient, sandboxId: string): Promise<ReadTerminal> {
    const { id } = await client.openTerminal(sandboxId, { cols: 80, rows: 24 });
    const { promise: hello, resolve } = Promise.withResolvers<void>();
    const terminal = new ReadTerminal(client, sandboxId, id, resolve);
    await hello;
    return terminal;
  }

  resize(cols: number, rows: number): void {
    this.#attachment.resize(cols, rows);
  }

  type(input: string | Buffer): void {
    this.#attachment.write(Buffer.from(input));
  }
}
