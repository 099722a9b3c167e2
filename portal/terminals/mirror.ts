/**
 * The portal's side of one terminal: its newest output, its true screen, and the browsers that look at it. Output is
 * held back (the PTY pauses) while the browser that writes lags behind; watchers skip by snapshot instead.
 */
import { AcknowledgementPace } from './acknowledgement-pace.ts';
import { Audience } from './audience.ts';
import { ByteRing } from './byte-ring.ts';
import { defaultIdleMs, ringBytes, type MirrorOptions } from './mirror-options.ts';
import { Screen } from './screen.ts';
import { Typist } from './typist.ts';
import { backNotice, lostNotice } from './upstream-notice.ts';
import { Upstream } from './upstream.ts';
import type { NumberedSnapshot, TerminalSize, Viewer } from './viewer.ts';

export class TerminalMirror implements Disposable {
  readonly sandboxId: string;
  readonly #options: MirrorOptions;
  readonly #upstream: Upstream;
  readonly #acknowledgements: AcknowledgementPace;
  readonly #audience = new Audience({
    onSize: (size) => this.#resize(size),
    onWriter: () => this.onFlow(),
  });
  readonly typist = new Typist({
    prompt: () => this.#screen?.prompt ?? null,
    write: (bytes) => void this.#send(bytes, () => undefined),
  });
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
  readonly #ended = Promise.withResolvers<void>();
  #exit: { code: number | null; signal: string | null } | null = null;
  #isLost = false;
  #disposed = false;

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
          for (const viewer of this.#audience.viewers) viewer.onExit(exit);
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

  get size(): TerminalSize {
    return this.#size as TerminalSize;
  }

  get hasExited(): boolean {
    return this.#exit !== null;
  }

  get viewerCount(): number {
    return this.#audience.viewers.length + this.#arriving.size;
  }

  /** Resolves when the viewer has its first frame under way; never where it is closed before. */
  async attach(viewer: Viewer, resumeFrom: number | undefined): Promise<void> {
    clearTimeout(this.#idleTimer);
    this.#arriving.add(viewer);
    await this.#ready.promise;
    if (!this.#arriving.delete(viewer)) return;
    this.#audience.add(viewer);
    viewer.begin(resumeFrom);
    this.#audience.tellRoles();
    if (this.#exit) viewer.onExit(this.#exit);
    if (this.#isLost) viewer.tell(lostNotice);
  }

  detach(viewer: Viewer): void {
    viewer[Symbol.dispose]();
    this.#arriving.delete(viewer);
    this.#audience.remove(viewer);
    this.#watchForIdleness();
  }

  /**
   * Typed bytes, passed on at once; a watcher's are dropped, since it may have been the writer when they were typed.
   * `onSent`: they are out of our hands, whether or not they arrived.
   */
  write(viewer: Viewer, bytes: Buffer, onSent: () => void): void {
    viewer.onInput();
    if (viewer === this.#audience.writer) this.typist.onInput(bytes);
    if (viewer !== this.#audience.writer || !this.#send(bytes, onSent)) onSent();
  }

  /** The writer's size counts; a watcher's is kept until it is one. */
  resize(viewer: Viewer, size: TerminalSize): void {
    this.#audience.resize(viewer, size);
  }

  /** The viewer becomes the writer. */
  take(viewer: Viewer): void {
    this.#audience.take(viewer);
  }

  /** Its rows but the last are not to come back, where it writes: watchers have their own. */
  clear(viewer: Viewer): void {
    if (viewer === this.#audience.writer) this.#screen?.clear();
  }

  /** The screen as it is; null where the mirror has ended. */
  async snapshot(): Promise<NumberedSnapshot | null> {
    for (;;) {
      await this.#ready.promise;
      const screen = this.#screen;
      const start = this.#screenStart;
      const snapshot = screen && (await screen.snapshot());
      if (snapshot) return { ...snapshot, seq: start + snapshot.writtenBytes };
      if (screen === this.#screen) return null;
    }
  }

  /** The screen with all that was printed so far on it; null where the mirror has ended. */
  async settledScreen(): Promise<Screen | null> {
    this.#watchForIdleness();
    await Promise.race([this.#ready.promise, this.#ended.promise]);
    if (!this.#disposed) await this.#screen?.settle();
    return this.#disposed ? null : this.#screen;
  }

  /** Tells the sandbox-server what has been dealt with: by the browser that writes, and here but for what may wait. */
  onFlow(): void {
    const taken = this.#ring.end - (this.#screen?.excessBytes ?? 0);
    this.#acknowledgements.reach(Math.min(taken, this.#audience.writer?.heldAt ?? taken));
  }

  /** Closes every viewer with `code`, and the connection; the terminal itself lives on. */
  end(code: number): void {
    for (const viewer of [...this.#audience.clear(), ...this.#arriving]) viewer.close(code);
    this.#arriving.clear();
    this[Symbol.dispose]();
    this.#options.onEnd();
  }

  [Symbol.dispose](): void {
    this.#disposed = true;
    this.#ended.resolve();
    clearTimeout(this.#idleTimer);
    this.typist[Symbol.dispose]();
    this.#acknowledgements[Symbol.dispose]();
    this.#upstream[Symbol.dispose]();
    this.#screen?.[Symbol.dispose]();
  }

  #onHello(hello: { seq: number; end: number; cols: number; rows: number }): void {
    if (this.#screen === null || hello.seq !== this.#ring.end) this.#startAnew(hello);
    if (!this.#isLost) return;
    this.#isLost = false;
    if (this.#size) this.#upstream.resize(this.#size);
    this.#audience.tell(backNotice);
  }

  /** At first, and where output is missing between what we have and what there is. */
  #startAnew({ seq, end, cols, rows }: { seq: number; end: number; cols: number; rows: number }): void {
    const hadScreen = this.#screen !== null;
    this.#screen?.[Symbol.dispose]();
    this.#screen = new Screen({
      cols,
      rows,
      onCommandFinished: () => this.#onCommandFinished(),
      onParsed: (byteCount) => this.#onParsed(byteCount),
    });
    this.#size = { cols, rows };
    this.#screenStart = seq;
    this.#parsed = seq;
    this.#replayEnd = end;
    this.#ring = new ByteRing({ capacityBytes: ringBytes, start: seq });
    this.#acknowledgements.restart(seq);
    if (hadScreen) {
      this.#ready.resolve();
      this.#ready = Promise.withResolvers();
      for (const viewer of this.#audience.viewers) viewer.catchUp();
    }
    if (seq === end) this.#ready.resolve();
  }

  #onOutput(bytes: Buffer): void {
    this.#ring.append(bytes);
    // Passed on first, parsed afterwards.
    for (const viewer of this.#audience.viewers) viewer.onOutput();
    this.#screen?.write(bytes);
    this.onFlow();
  }

  #onParsed(byteCount: number): void {
    this.#parsed += byteCount;
    if (this.#parsed >= this.#replayEnd) this.#ready.resolve();
    this.onFlow();
  }

  #onCommandFinished(): void {
    // What ended before we looked is no news.
    if (this.#parsed >= this.#replayEnd) this.#options.onCommandFinished();
  }

  #send(bytes: Buffer, onSent: () => void): boolean {
    if (bytes.some((byte) => byte === 13 || byte === 3 || byte === 4)) this.#options.onLineEntered?.();
    return this.#upstream.write(bytes, onSent);
  }

  #onLost(): void {
    this.#isLost = true;
    this.#audience.tell(lostNotice);
  }

  #resize(size: TerminalSize): void {
    if (this.#size?.cols === size.cols && this.#size.rows === size.rows) return;
    this.#size = size;
    this.#screen?.resize(size);
    this.#upstream.resize(size);
    this.#audience.tellWatchers({ type: 'size', ...size });
  }

  #watchForIdleness(): void {
    clearTimeout(this.#idleTimer);
    if (this.viewerCount > 0) return;
    this.#idleTimer = setTimeout(() => this.end(1001), this.#options.idleMs ?? defaultIdleMs).unref();
  }
}
