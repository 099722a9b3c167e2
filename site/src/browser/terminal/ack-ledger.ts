/** Bytes parsed and not yet acknowledged that make an acknowledgement due at once. */
const ackEveryBytes = 32 * 1024;

/** A run of received bytes, given back when the terminal has parsed it. */
export interface Receipt {
  readonly epoch: number;
  readonly endSeq: number;
}

/**
 * Counts a terminal's output: how much was received (where a resume continues) and how much was parsed (what is
 * acknowledged). Counts are cumulative, so a lost acknowledgement is made good by the next.
 */
export class AckLedger {
  #epoch = 0;
  #receivedSeq = 0;
  #parsedSeq = 0;
  #ackedSeq = 0;

  get receivedSeq(): number {
    return this.#receivedSeq;
  }

  /** The screen starts anew at `seq`: what is still being parsed of before no longer counts. */
  restart(seq: number): void {
    this.#epoch += 1;
    this.#receivedSeq = seq;
    this.#parsedSeq = seq;
    this.#ackedSeq = seq;
  }

  receive(byteCount: number): Receipt {
    this.#receivedSeq += byteCount;
    return { epoch: this.#epoch, endSeq: this.#receivedSeq };
  }

  /** Returns whether an acknowledgement is due at once. */
  parse(receipt: Receipt): boolean {
    if (receipt.epoch !== this.#epoch) return false;
    this.#parsedSeq = Math.max(this.#parsedSeq, receipt.endSeq);
    return this.#parsedSeq - this.#ackedSeq >= ackEveryBytes;
  }

  /** The sequence number to acknowledge now, or null where there is nothing new. */
  takeAck(): number | null {
    if (this.#parsedSeq === this.#ackedSeq) return null;
    this.#ackedSeq = this.#parsedSeq;
    return this.#ackedSeq;
  }
}
