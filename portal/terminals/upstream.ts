/** The portal's one attachment to a terminal of the sandbox-server, made again for as long as the terminal lives. */
import { mayRetry } from '../../protocol/close-codes.ts';
import { CodedError } from '../../protocol/errors.ts';
import type { UpstreamServerMessage } from '../../protocol/terminal.ts';
import type { SandboxClient } from '../../sandbox-client/client.ts';
import type { TerminalAttachment } from '../../sandbox-client/terminal-attachment.ts';

export interface UpstreamHandlers {
  /** The first output byte wanted, asked at each attempt. */
  wantedFrom(): number;
  onHello(hello: Extract<UpstreamServerMessage, { type: 'hello' }>): void;
  onOutput(bytes: Buffer): void;
  onExit(exit: { code: number | null; signal: string | null }): void;
  /** The connection broke; it is being made again. Said once until the next hello. */
  onLost(): void;
  /** The terminal is no more, or the connection is another's now; `code` for the browser. */
  onGone(code: number, error?: Error): void;
}

export interface UpstreamOptions {
  client: SandboxClient;
  sandboxId: string;
  terminalId: string;
  handlers: UpstreamHandlers;
}

/** On this very host, so impatient: a restarted sandbox-server is back within seconds. */
const firstRetryMs = 100;
const maxRetryMs = 2_000;

export class Upstream implements Disposable {
  readonly #options: UpstreamOptions;
  #attachment: TerminalAttachment;
  #isOpen = false;
  #toldLost = false;
  #retryMs = firstRetryMs;
  #retryTimer: NodeJS.Timeout | undefined;
  #disposed = false;
  #exited = false;

  constructor(options: UpstreamOptions) {
    this.#options = options;
    this.#attachment = this.#attach();
  }

  /** False where the bytes are lost, because the connection is. */
  write(bytes: Uint8Array, onSent: () => void): boolean {
    return this.#attachment.write(bytes, onSent);
  }

  acknowledge(seq: number): void {
    this.#attachment.acknowledge(seq);
  }

  resize({ cols, rows }: { cols: number; rows: number }): void {
    this.#attachment.resize(cols, rows);
  }

  [Symbol.dispose](): void {
    this.#disposed = true;
    clearTimeout(this.#retryTimer);
    this.#attachment.close();
  }

  #attach(): TerminalAttachment {
    const { client, sandboxId, terminalId, handlers } = this.#options;
    return client.attachTerminal(
      sandboxId,
      terminalId,
      { from: handlers.wantedFrom() },
      {
        onHello: (hello) => {
          if (this.#disposed) return;
          this.#isOpen = true;
          this.#toldLost = false;
          this.#retryMs = firstRetryMs;
          handlers.onHello(hello);
        },
        onOutput: (bytes) => {
          if (this.#isOpen && !this.#disposed) handlers.onOutput(bytes);
        },
        onExit: (exit) => {
          this.#exited = true;
          if (!this.#disposed) handlers.onExit(exit);
        },
        onClose: (close) => this.#onClose(close),
      },
    );
  }

  #onClose({ code, error }: { code: number; error?: Error }): void {
    this.#isOpen = false;
    if (this.#disposed) return;
    const isGone = error instanceof CodedError && error.status < 500;
    if (isGone || !mayRetry(code)) {
      this.#options.handlers.onGone(isGone ? 4404 : code, error);
      return;
    }
    // What an ended shell printed has all been read; only its removal is still to be learnt, at the next attach.
    if (this.#exited) return;
    if (!this.#toldLost) this.#options.handlers.onLost();
    this.#toldLost = true;
    this.#retryTimer = setTimeout(
      () => {
        this.#attachment = this.#attach();
      },
      this.#retryMs * (0.5 + Math.random() / 2),
    );
    this.#retryMs = Math.min(this.#retryMs * 2, maxRetryMs);
  }
}
