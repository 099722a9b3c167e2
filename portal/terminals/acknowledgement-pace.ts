/** Not every chunk is worth a message: an acknowledgement goes after so many bytes, or this long after the last one. */
const stepBytes = 16 * 1024;
const trailingMs = 50;

export class AcknowledgementPace implements Disposable {
  readonly #send: (seq: number) => void;
  #reached = 0;
  #sent = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(send: (seq: number) => void) {
    this.#send = send;
  }

  /** Every byte before `seq` has been dealt with. */
  reach(seq: number): void {
    this.#reached = Math.max(this.#reached, seq);
    if (this.#reached === this.#sent) return;
    if (this.#reached - this.#sent >= stepBytes) this.#flush();
    else this.#timer ??= setTimeout(() => this.#flush(), trailingMs);
  }

  /** Counts from `seq` on, which the other side knows. */
  restart(seq: number): void {
    this[Symbol.dispose]();
    this.#reached = seq;
    this.#sent = seq;
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#sent = this.#reached;
    this.#send(this.#reached);
  }
}
