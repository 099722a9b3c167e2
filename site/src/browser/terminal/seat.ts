import type { ClientMessage, ServerMessage } from '../../../../protocol/terminal.ts';

export type TerminalRole = Omit<Extract<ServerMessage, { type: 'role' }>, 'type'>;
type Attach = Extract<ClientMessage, { type: 'attach' }>;
type Size = { cols: number; rows: number };

export interface SeatOptions {
  /** This page's name among the terminal's viewers: after a cut it gets its seat back. 8 to 64 of A-Z a-z 0-9 _ -. */
  viewer?: string;
  /** Whether this page writes or watches, and who else is there. Where nobody listens, a key takes over by itself. */
  onRole?: (role: TerminalRole) => void;
  /** To a watcher: the size to show the terminal at. Null when this page writes, and its own size counts. */
  onTerminalSize?: (size: Size | null) => void;
}

/** Whether this page writes in the terminal or watches another that does. */
export class Seat {
  readonly #options: SeatOptions;
  #role: TerminalRole | null = null;
  #size: Size | null = null;

  constructor(options: SeatOptions) {
    this.#options = options;
  }

  /** Null before the portal has said. */
  get role(): TerminalRole | null {
    return this.#role;
  }

  get watching(): boolean {
    return this.#role?.role === 'watcher';
  }

  /** What is typed is an order to take over, since nobody could be asked for one. */
  get takesByTyping(): boolean {
    return this.#options.onRole === undefined;
  }

  /** Who watched goes on watching, also where the seat is free for a moment. */
  claim(): Pick<Attach, 'viewer' | 'as'> {
    return {
      ...(this.#options.viewer === undefined ? {} : { viewer: this.#options.viewer }),
      ...(this.watching && !this.takesByTyping ? { as: 'watcher' } : {}),
    };
  }

  /** The terminal has this size now. */
  resized({ cols, rows }: Size): void {
    this.#size = { cols, rows };
    if (this.watching) this.#options.onTerminalSize?.(this.#size);
  }

  play({ role, writerPresent, viewers }: TerminalRole): void {
    this.#role = { role, writerPresent, viewers };
    this.#options.onRole?.(this.#role);
    this.#options.onTerminalSize?.(this.watching ? this.#size : null);
  }
}
