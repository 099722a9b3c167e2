import type { SandboxClient } from '../../sandbox-client/client.ts';
import type { Log } from '../log.ts';
import { TerminalMirror } from './mirror.ts';

export interface MirrorsOptions {
  client: SandboxClient;
  log: Log;
  onCommandFinished: (sandboxId: string) => void;
  onLineEntered: (sandboxId: string) => void;
}

/** The mirrors there are: one a terminal, made when it is first looked at. */
export class TerminalMirrors implements Disposable {
  readonly #options: MirrorsOptions;
  readonly #mirrors = new Map<string, TerminalMirror>();

  constructor(options: MirrorsOptions) {
    this.#options = options;
  }

  get count(): number {
    return this.#mirrors.size;
  }

  /** Pages that look at a terminal now. */
  viewersOf({ sandboxId, terminalId }: { sandboxId: string; terminalId: string }): number {
    return this.#mirrors.get(`${sandboxId} ${terminalId}`)?.viewerCount ?? 0;
  }

  /** The caller has made sure that the terminal is of this sandbox. */
  of({ sandboxId, terminalId }: { sandboxId: string; terminalId: string }): TerminalMirror {
    const key = `${sandboxId} ${terminalId}`;
    const known = this.#mirrors.get(key);
    if (known) return known;
    const mirror: TerminalMirror = new TerminalMirror({
      ...this.#options,
      sandboxId,
      terminalId,
      onCommandFinished: () => this.#options.onCommandFinished(sandboxId),
      onLineEntered: () => this.#options.onLineEntered(sandboxId),
      onEnd: () => {
        if (this.#mirrors.get(key) === mirror) this.#mirrors.delete(key);
      },
    });
    this.#mirrors.set(key, mirror);
    return mirror;
  }

  /** Those of one machine; their pages are told `code`. */
  endOf(sandboxId: string, code: number): void {
    for (const mirror of this.#mirrors.values()) if (mirror.sandboxId === sandboxId) mirror.end(code);
  }

  /** Every browser is told to come back to a portal started anew. */
  [Symbol.dispose](): void {
    for (const mirror of this.#mirrors.values()) mirror.end(1012);
  }
}
