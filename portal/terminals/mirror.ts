/**
 * The portal's side of one terminal: its newest output, its true screen, and the browsers that look at it. Output is
 * held back (the PTY pauses) while the browser last used lags behind; other browsers skip by snapshot instead.
 */
import type { SandboxClient } from '../../sandbox-client/client.ts';
import type { Log } from '../log.ts';
import { AcknowledgementPace } from './acknowledgement-pace.ts';
import { ByteRing } from './byte-ring.ts';
import { Screen } from './screen.ts';
import { Upstream } from './upstream.ts';
import type { TerminalSize, Viewer } from './viewer.ts';

/**
 * What the flow control allows on the way (256 KiB) and as much again: chunks already read when the PTY is paused, and
 * what was printed while a browser reconnects.
 */
const ringBytes = 512 * 1024;
const defaultIdleMs = 10 * 60 * 1000;

export interface MirrorOptions {
  client: SandboxClient;
  sandboxId: string;
  terminalId: string;
  log: Log;
  /** A command ended in its shell, as far as the output can be believed. */
  onCommandFinished: () => void;
  /** It can serve no longer, its viewers were closed. */
  onEnd: () => void;
  /** Without a viewer for so long it is given up; the sandbox-server's log can rebuild it. Default 10 minutes. */
  idleMs?: number;
}

export class TerminalMirror implements Disposable {
  readonly sandboxId: string;
  readonly #options: MirrorOptions;
  readonly #upstream: Upstream;
  readonly #acknowledgements: AcknowledgementPace;
  /** The one last used is last. */
  #viewers: Viewer[] = [];
  /** Waiting for the screen to be there. */
  readonly #arriving = new Set<Viewer>();
  #size: TerminalSize | null = null;
  #idleTimer: NodeJS.Timeout | undefined;
  #screen: Screen | null = null;
  /** The number of the first byte the screen was given. */
  #screenStart = 0;
  #ring = new ByteRing({ capacityBytes: ringBytes });
  #parsed = 0;
  /** What had been printed before we looked. Until it is parsed there is no screen to show. */
  #replayEnd = 0;
  #ready = Promise.withResolvers<void>();
  #exit: { code: number | null; signal: string | null } | null = null;
  #isLost = false;

  constructor(options: MirrorOptions) {
    this.#options = options;
    this.sandboxId = options.sandboxId;
    this.#acknowledgements = new AcknowledgementPace((seq) => this.#upstream.acknowledge(seq));
    this.#upstream = new Upstream({
      ...options,
      handlers: {
        wantedFrom: () => this.#ring.end,
        onHello: (hello) => this.#onHello(hello),
        onOutput: (bytes) => this.#onOutput(bytes),
        onExit: (exit) => {
          this.#exit = exit;
          for (const viewer of this.#viewers) viewer.onExit(exit);
        },
        onLost: () => this.#onLost(),
        onGone: (code, error) => {
          this.#options.log.info({ terminalId: options.terminalId, code, err: error }, 'a terminal is gone');
          this.end(code);
        },
      },
    });
  }

  get ring(): ByteRing {
    return this.#ring;
  }

  get viewerCount(): number {
    return this.#viewers.length + this.#arriving.size;
  }

  /** Resolves when the viewer has its first frame under way; never where it is closed before. */
  async attach(viewer: Viewer, resumeFrom: number | undefined): Promise<void> {
    clearTimeout(this.#idleTimer);
    this.#arriving.add(viewer);
    await this.#ready.promise;
    if (!this.#arriving.delete(viewer)) return;
    this.#viewers.push(viewer);
    this.#resize(viewer.size);
    viewer.begin(resumeFrom);
    if (this.#exit) viewer.onExit(this.#exit);
    if (this.#isLost) viewer.tell(lostNotice);
  }

  detach(viewer: Viewer): void {
    viewer[Symbol.dispose]();
    this.#arriving.delete(viewer);
    this.#viewers = this.#viewers.filter((one) => one !== viewer);
    const next = this.#viewers.at(-1);
    if (next) this.#resize(next.size);
    this.onFlow();
    this.#watchForIdleness();
  }

  /** Typed bytes, passed on at once. `onSent`: they are out of our hands, whether or not they arrived. */
  write(viewer: Viewer, bytes: Buffer, onSent: () => void): void {
    this.#makeActive(viewer);
    if (!this.#upstream.write(bytes, onSent)) onSent();
  }

  /** The size of the viewer last used counts; another's is kept until it is. */
  resize(viewer: Viewer, size: TerminalSize): void {
    viewer.size = size;
    if (viewer === this.#viewers.at(-1)) this.#resize(size);
  }

  /** The screen as it is; null where the mirror has ended. */
  async snapshot(): Promise<{ seq: number; bytes: Buffer; cols: number; rows: number } | null> {
    for (;;) {
      await this.#ready.promise;
      const screen = this.#screen;
      const start = this.#screenStart;
      const snapshot = screen && (await screen.snapshot());
      if (snapshot) return { ...snapshot, seq: start + snapshot.writtenBytes };
      if (screen === this.#screen) return null;
    }
  }

  /** Tells the sandbox-server what has been dealt with: parsed here, and by the browser last used. */
  onFlow(): void {
    const heldAt = this.#viewers.at(-1)?.heldAt ?? null;
    this.#acknowledgements.reach(heldAt === null ? this.#parsed : Math.min(this.#parsed, heldAt));
  }

  /** Closes every viewer with `code`, and the connection; the terminal itself lives on. */
  end(code: number): void {
    for (const viewer of [...this.#viewers, ...this.#arriving]) viewer.close(code);
    this.#viewers = [];
    this.#arriving.clear();
    this[Symbol.dispose]();
    this.#options.onEnd();
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#idleTimer);
    this.#acknowledgements[Symbol.dispose]();
    this.#upstream[Symbol.dispose]();
    this.#screen?.[Symbol.dispose]();
  }

  #onHello(hello: { seq: number; end: number; cols: number; rows: number }): void {
    if (this.#screen === null || hello.seq !== this.#ring.end) this.#startAnew(hello);
    if (!this.#isLost) return;
    this.#isLost = false;
    if (this.#size) this.#upstream.resize(this.#size);
    for (const viewer of this.#viewers) {
      viewer.tell({ type: 'notice', kind: 'upstream-back', text: 'Your terminal is connected again.' });
    }
  }

  /** At first, and where output is missing between what we have and what there is. */
  #startAnew({ seq, end, cols, rows }: { seq: number; end: number; cols: number; rows: number }): void {
    const hadScreen = this.#screen !== null;
    this.#screen?.[Symbol.dispose]();
    this.#screen = new Screen({ cols, rows, onCommandFinished: () => this.#onCommandFinished() });
    this.#size = { cols, rows };
    this.#screenStart = seq;
    this.#parsed = seq;
    this.#replayEnd = end;
    this.#ring = new ByteRing({ capacityBytes: ringBytes, start: seq });
    this.#acknowledgements.restart(seq);
    if (hadScreen) {
      this.#ready.resolve();
      this.#ready = Promise.withResolvers();
      for (const viewer of this.#viewers) viewer.catchUp();
    }
    if (seq === end) this.#ready.resolve();
  }

  #onOutput(bytes: Buffer): void {
    const screen = this.#screen;
    this.#ring.append(bytes);
    screen?.write(bytes, () => {
      if (screen !== this.#screen) return;
      this.#parsed += bytes.length;
      if (this.#parsed >= this.#replayEnd) this.#ready.resolve();
      this.onFlow();
    });
    for (const viewer of this.#viewers) viewer.onOutput();
  }

  #onCommandFinished(): void {
    // What ended before we looked is no news.
    if (this.#parsed >= this.#replayEnd) this.#options.onCommandFinished();
  }

  #onLost(): void {
    this.#isLost = true;
    for (const viewer of this.#viewers) viewer.tell(lostNotice);
  }

  #makeActive(viewer: Viewer): void {
    if (viewer === this.#viewers.at(-1)) return;
    this.#viewers = [...this.#viewers.filter((one) => one !== viewer), viewer];
    this.#resize(viewer.size);
    this.onFlow();
  }

  #resize(size: TerminalSize): void {
    if (this.#size?.cols === size.cols && this.#size.rows === size.rows) return;
    this.#size = size;
    this.#screen?.resize(size);
    this.#upstream.resize(size);
  }

  #watchForIdleness(): void {
    clearTimeout(this.#idleTimer);
    if (this.viewerCount > 0) return;
    this.#idleTimer = setTimeout(() => this.end(1001), this.#options.idleMs ?? defaultIdleMs).unref();
  }
}

const lostNotice = {
  type: 'notice',
  kind: 'upstream-lost',
  text: 'The part that runs machines is restarting. What you type now may be lost.',
} as const;
