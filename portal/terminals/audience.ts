/** Who looks at a terminal: one writer, whose keys and size count, and watchers. A pure state machine. */
import type { ServerMessage } from '../../protocol/terminal.ts';
import type { TerminalSize, Viewer } from './viewer.ts';

export interface AudienceOptions {
  /** The size of who writes now. */
  onSize: (size: TerminalSize) => void;
  /** The writer is another, or none. */
  onWriter: () => void;
}

export class Audience {
  readonly #options: AudienceOptions;
  #viewers: Viewer[] = [];
  #writer: Viewer | null = null;

  constructor(options: AudienceOptions) {
    this.#options = options;
  }

  get viewers(): readonly Viewer[] {
    return this.#viewers;
  }

  get writer(): Viewer | null {
    return this.#writer;
  }

  /** The same page may have come twice: its older socket is one that was cut and does not know it yet. */
  add(viewer: Viewer): void {
    const former = this.#viewers.find((one) => viewer.page !== null && one.page === viewer.page);
    if (former) {
      this.#viewers = this.#viewers.filter((one) => one !== former);
      if (former === this.#writer) this.#writer = null;
      former.close(4409);
    }
    this.#viewers.push(viewer);
    if (viewer.as === 'writer' || (viewer.as === null && this.#writer === null)) this.#seat(viewer);
  }

  remove(viewer: Viewer): void {
    this.#viewers = this.#viewers.filter((one) => one !== viewer);
    if (this.#writer === viewer) {
      this.#writer = null;
      this.#options.onWriter();
    }
    this.tellRoles();
  }

  take(viewer: Viewer): void {
    if (!this.#viewers.includes(viewer) || viewer === this.#writer) return;
    this.#seat(viewer);
    this.tellRoles();
  }

  /** A watcher's size is kept until it writes. */
  resize(viewer: Viewer, size: TerminalSize): void {
    viewer.size = size;
    if (viewer === this.#writer) this.#options.onSize(size);
  }

  roleOf(viewer: Viewer): Extract<ServerMessage, { type: 'role' }> {
    return {
      type: 'role',
      role: viewer === this.#writer ? 'writer' : 'watcher',
      writerPresent: this.#writer !== null,
      viewers: this.#viewers.length,
    };
  }

  tellRoles(): void {
    for (const viewer of this.#viewers) viewer.tellRole(this.roleOf(viewer));
  }

  tell(message: ServerMessage): void {
    for (const viewer of this.#viewers) viewer.tell(message);
  }

  tellWatchers(message: ServerMessage): void {
    for (const viewer of this.#viewers) if (viewer !== this.#writer) viewer.tell(message);
  }

  clear(): Viewer[] {
    this.#writer = null;
    return this.#viewers.splice(0);
  }

  #seat(viewer: Viewer): void {
    this.#writer = viewer;
    this.#options.onSize(viewer.size);
    this.#options.onWriter();
  }
}
