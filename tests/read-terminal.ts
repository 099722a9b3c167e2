import type { SandboxClient } from '../sandbox-client/client.ts';
import type { TerminalAttachment } from '../sandbox-client/terminal-attachment.ts';

/** A terminal as whoever sits at it has it: what it has printed so far, and a way to type. */
export class ReadTerminal {
  text = '';
  readonly id: string;
  readonly #attachment: TerminalAttachment;

  private constructor(client: SandboxClient, sandboxId: string, id: string) {
    this.id = id;
    const handlers = {
      onHello: () => undefined,
      onOutput: (bytes: Buffer) => void (this.text += bytes.toString('latin1')),
      onExit: () => undefined,
      onClose: () => undefined,
    };
    this.#attachment = client.attachTerminal(sandboxId, id, { from: 0 }, handlers);
  }

  /** A new one of the sandbox. Acknowledges nothing: for a few kilobytes. */
  static async open(client: SandboxClient, sandboxId: string): Promise<ReadTerminal> {
    const { id } = await client.openTerminal(sandboxId, { cols: 80, rows: 24 });
    return new ReadTerminal(client, sandboxId, id);
  }

  type(input: string | Buffer): void {
    this.#attachment.write(Buffer.from(input));
  }
}
