import { closeName, mayRetry } from '../../../../protocol/close-codes.ts';
import type { ClientMessage, ServerMessage } from '../../../../protocol/terminal.ts';
import { backoffMs } from '../page/backoff.ts';
import type { ConnectionOptions, TerminalSocket } from './connection-ports.ts';
import type { ConnectionStatus } from './connection-status.ts';
import { Heartbeat } from './heartbeat.ts';
import { splitInput } from './input-frames.ts';
import { ScreenFeed } from './screen-feed.ts';
import { Seat, type TerminalRole } from './seat.ts';
import { readServerMessage } from './server-message.ts';

/** A connection that lived this long was healthy: the next failure counts as the first. */
const healthyAfterMs = 10_000;
/** From dialling to `hello`. */
const helloDeadlineMs = 10_000;
/** Keys and pastes kept while connecting. */
const typedAheadMax = 200;

/**
 * One terminal's connection, for the life of the page: attaches, resumes where it was cut, acknowledges what was parsed, and
 * tries again for ever while someone looks. Knows no DOM and no WebSocket.
 */
export class TerminalConnection {
  readonly #options: ConnectionOptions;
  readonly #feed: ScreenFeed;
  readonly #heartbeat: Heartbeat;
  readonly #seat: Seat;
  #socket: TerminalSocket | null = null;
  #status: ConnectionStatus = { kind: 'connecting' };
  #failures = 0;
  #visible = true;
  #disposed = false;
  #typedAhead: (string | Uint8Array)[] = [];
  #cancelRetry: (() => void) | null = null;
  #cancelDeadline: (() => void) | null = null;
  #cancelHealth: (() => void) | null = null;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#seat = new Seat(options);
    const { screen, clock } = options;
    this.#feed = new ScreenFeed({ screen, clock, onAck: (seq) => this.#send({ type: 'ack', seq }) });
    this.#heartbeat = new Heartbeat({
      clock,
      ping: (t) => this.#send({ type: 'ping', t }),
      onLatency: (latencyMs) => this.#status.kind === 'live' && this.#setStatus({ kind: 'live', latencyMs }),
      onSilence: () => this.#drop(),
    });
  }

  get status(): ConnectionStatus {
    return this.#status;
  }

  connect(): void {
    if (this.#socket || this.#disposed) return;
    this.#cancelRetry?.();
    this.#setStatus({ kind: 'connecting' });
    // Events of a socket that was given up must not reach the next one's state.
    const isCurrent = (): boolean => this.#socket === socket;
    const socket: TerminalSocket = this.#options.dial({
      opened: () => isCurrent() && this.#attach(),
      text: (frame) => isCurrent() && this.#readText(frame),
      bytes: (frame) => isCurrent() && this.#feed.receive(frame),
      closed: (code) => isCurrent() && this.#lose(code),
    });
    this.#socket = socket;
    this.#cancelDeadline = this.#options.clock.after(helloDeadlineMs, () => this.#drop());
  }

  /**
   * Types into the terminal. While it connects, what is typed waits for it; while it waits to try again, a key makes it try
   * at once and is lost, which the status says. Returns whether the input was taken.
   */
  type(input: string | Uint8Array): boolean {
    if (this.#status.kind === 'connecting' && this.#typedAhead.length < typedAheadMax) {
      this.#typedAhead.push(input);
      return true;
    }
    if (this.#status.kind !== 'live') {
      this.wake();
      return false;
    }
    if (this.#feed.replaying) return false;
    if (this.#seat.watching) {
      if (!this.#seat.takesByTyping) return false;
      this.take();
    }
    this.#sendInput(input);
    return true;
  }

  /** Null before the portal has said. */
  get role(): TerminalRole | null {
    return this.#seat.role;
  }

  /** Becomes the one who writes; another page then watches. */
  take(): void {
    if (this.#status.kind === 'live') this.#send({ type: 'take' });
  }

  /** The rows of this page were cleared, and are not to come back with a reload. */
  clear(): void {
    if (this.#status.kind === 'live' && !this.#seat.watching) this.#send({ type: 'clear' });
  }

  /** A watcher's size counts for nothing. */
  resize(cols: number, rows: number): void {
    if (this.#status.kind === 'live' && !this.#seat.watching) this.#send({ type: 'resize', cols, rows });
  }

  /** Something happened that makes a try worth it now: the network is back, the page is seen, a key was pressed. */
  wake(): void {
    if (this.#status.kind === 'waiting' || this.#status.kind === 'paused') this.connect();
  }

  setVisible(visible: boolean): void {
    this.#visible = visible;
    if (visible) this.wake();
  }

  /** Connects again after `closed`, such as when another window had taken over. */
  reclaim(): void {
    if (this.#status.kind !== 'closed') return;
    this.#failures = 0;
    this.connect();
  }

  dispose(): void {
    this.#disposed = true;
    this.#cancelRetry?.();
    this.#release();
  }

  #attach(): void {
    const { cols, rows } = this.#options.screen;
    const { resumeFrom } = this.#feed;
    this.#send({
      type: 'attach',
      cols,
      rows,
      ...(resumeFrom === null ? {} : { resumeFrom }),
      ...this.#seat.claim(),
    });
  }

  #readText(frame: string): void {
    let message: ServerMessage | null;
    try {
      message = readServerMessage(frame);
    } catch (error) {
      console.error(error);
      return this.#drop();
    }
    if (message?.type === 'hello') this.#greet(message);
    else if (message?.type === 'pong') this.#heartbeat.hear(message.t);
    else if (message?.type === 'role') this.#seat.play(message);
    else if (message?.type === 'size') this.#seat.resized(message);
    else if (message?.type === 'marks') this.#options.screen.mark?.(message);
    else if (message?.type === 'notice') this.#options.onNotice(message);
    else if (message?.type === 'exit') {
      this.#release();
      this.#setStatus({ kind: 'exited', code: message.code, signal: message.signal });
    }
  }

  #greet(hello: Extract<ServerMessage, { type: 'hello' }>): void {
    this.#cancelDeadline?.();
    if (!this.#feed.begin(hello)) return this.#drop();
    // A snapshot is of the terminal's size; whether that becomes this page's own is said next, by the role.
    if (hello.mode === 'snapshot') this.#options.onTerminalSize?.({ cols: hello.cols, rows: hello.rows });
    this.#setStatus({ kind: 'live', latencyMs: null });
    for (const input of this.#typedAhead.splice(0)) this.#sendInput(input);
    this.#heartbeat.start();
    this.#cancelHealth = this.#options.clock.after(healthyAfterMs, () => (this.#failures = 0));
    this.#seat.resized(hello);
    const { cols, rows } = this.#options.screen;
    if (cols !== hello.cols || rows !== hello.rows) this.resize(cols, rows);
  }

  #sendInput(input: string | Uint8Array): void {
    for (const frame of splitInput(input)) this.#socket?.send(frame);
  }

  #send(message: ClientMessage): void {
    this.#socket?.send(JSON.stringify(message));
  }

  /** Gives the socket up as if the network had cut it. */
  #drop(): void {
    this.#lose(1006);
  }

  #lose(code: number): void {
    const wasLive = this.#status.kind === 'live';
    this.#release();
    if (!mayRetry(code)) {
      this.#setStatus({ kind: 'closed', reason: closeName(code) });
      return;
    }
    this.#failures += 1;
    this.#scheduleRetry(false);
    if (!wasLive) void this.#askWhy();
  }

  #scheduleRetry(unreachable: boolean): void {
    if (!this.#visible) return this.#setStatus({ kind: 'paused' });
    const { clock, random } = this.#options;
    const delayMs = backoffMs(this.#failures, random());
    this.#setStatus({ kind: 'waiting', retryAtMs: clock.nowMs() + delayMs, unreachable });
    this.#cancelRetry = clock.after(delayMs, () =>
      this.#visible ? this.connect() : this.#setStatus({ kind: 'paused' }),
    );
  }

  async #askWhy(): Promise<void> {
    const answer = await this.#options.probe();
    if (this.#disposed || this.#status.kind === 'live') return;
    if (answer === 'gone') {
      this.#cancelRetry?.();
      this.#release();
      this.#setStatus({ kind: 'closed', reason: 'gone' });
    } else if (this.#status.kind === 'waiting') {
      this.#setStatus({ ...this.#status, unreachable: answer === 'unreachable' });
    }
  }

  #release(): void {
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
    this.#heartbeat.stop();
    this.#feed.pause();
    this.#typedAhead = [];
    this.#cancelDeadline?.();
    this.#cancelHealth?.();
  }

  #setStatus(status: ConnectionStatus): void {
    this.#status = status;
    this.#options.onStatus(status);
  }
}
