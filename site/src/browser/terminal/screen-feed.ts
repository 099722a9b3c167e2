import type { ServerMessage } from '../../../../protocol/terminal.ts';
import { AckLedger } from './ack-ledger.ts';
import type { Clock, Screen } from './connection-ports.ts';

/** Trailing edge for acknowledgements that are not due by size. */
const ackDelayMs = 100;

export interface ScreenFeedOptions {
  screen: Screen;
  clock: Clock;
  onAck: (seq: number) => void;
}

/** What the socket brings, on its way to the screen: output is counted and acknowledged, a snapshot is neither. */
export class ScreenFeed {
  readonly #options: ScreenFeedOptions;
  readonly #ledger = new AckLedger();
  /** The screen holds the terminal's output up to the ledger's count. */
  #complete = false;
  #expectsSnapshot = false;
  /** The snapshot being parsed. */
  #snapshot: Uint8Array | null = null;
  #flowing = false;
  #cancelAck: (() => void) | null = null;

  constructor(options: ScreenFeedOptions) {
    this.#options = options;
  }

  /** Where a new socket can go on without a new screen; null where it cannot. */
  get resumeFrom(): number | null {
    return this.#complete ? this.#ledger.receivedSeq : null;
  }

  /** A snapshot is being parsed: the emulator's answers to queries in it must not be typed into the shell. */
  get replaying(): boolean {
    return this.#snapshot !== null;
  }

  /**
   * A socket starts to bring output. Returns false where it resumes elsewhere than asked for: bytes would be lost or
   * doubled, and the whole screen is to be asked for instead.
   */
  begin(hello: Extract<ServerMessage, { type: 'hello' }>): boolean {
    this.pause();
    if (hello.mode === 'resume' && hello.seq !== this.resumeFrom) {
      this.#complete = false;
      return false;
    }
    if (hello.mode !== 'resume') {
      this.#options.screen.reset();
      this.#ledger.restart(hello.seq);
    }
    this.#expectsSnapshot = hello.mode === 'snapshot';
    this.#complete = !this.#expectsSnapshot;
    this.#flowing = true;
    this.#acknowledge();
    return true;
  }

  receive(bytes: Uint8Array): void {
    if (this.#expectsSnapshot) return this.#replay(bytes);
    const receipt = this.#ledger.receive(bytes.byteLength);
    this.#options.screen.write(bytes, () => {
      if (this.#ledger.parse(receipt)) this.#acknowledge();
      else this.#cancelAck ??= this.#options.clock.after(ackDelayMs, () => this.#acknowledge());
    });
  }

  /** The socket is gone: what is parsed from now on is acknowledged to the next. */
  pause(): void {
    this.#flowing = false;
    this.#expectsSnapshot = false;
    this.#snapshot = null;
    this.#cancelAck?.();
    this.#cancelAck = null;
  }

  #replay(snapshot: Uint8Array): void {
    this.#expectsSnapshot = false;
    this.#complete = true;
    this.#snapshot = snapshot;
    this.#options.screen.write(snapshot, () => {
      // A later socket may have brought another one meanwhile.
      if (this.#snapshot === snapshot) this.#snapshot = null;
    });
  }

  #acknowledge(): void {
    this.#cancelAck?.();
    this.#cancelAck = null;
    if (!this.#flowing) return;
    const seq = this.#ledger.takeAck();
    if (seq !== null) this.#options.onAck(seq);
  }
}
