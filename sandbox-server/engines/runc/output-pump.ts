/** One output of a command on its way to whoever asked for it, at the pace they take it. */
import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';

/** A program left in the background keeps the pipe open: so long without a byte, the command's own have all arrived. */
const quietMs = 150;

export class OutputPump {
  readonly #ended: Promise<void>;
  #delivering = false;
  #chunks = 0;

  constructor(stream: Readable | null, deliver: (chunk: Buffer) => void | Promise<void>) {
    this.#ended = stream === null ? Promise.resolve() : this.#run(stream, deliver);
    this.#ended.catch(() => undefined);
  }

  async #run(stream: Readable, deliver: (chunk: Buffer) => void | Promise<void>): Promise<void> {
    try {
      for await (const chunk of stream) {
        this.#chunks += 1;
        this.#delivering = true;
        await deliver(chunk as Buffer);
        this.#delivering = false;
      }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
    }
  }

  /** Resolves, once the command has exited, when the stream has ended or stays silent. Rejects as `deliver` does. */
  async whenDrained(): Promise<void> {
    let ended = false;
    const end = this.#ended.finally(() => {
      ended = true;
    });
    end.catch(() => undefined);
    for (let seen = -1; !ended && (this.#delivering || seen !== this.#chunks);) {
      seen = this.#chunks;
      await Promise.race([end, delay(quietMs, undefined, { ref: false })]);
    }
    if (ended) await end;
  }
}
