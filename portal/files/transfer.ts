/** What both directions share: how many at once, when one is given up, and what its end means. */
import { CodedError } from '../../protocol/errors.ts';
import type { ErrorCode } from '../../protocol/errors.ts';
import { fileTransferLimits } from '../../protocol/file-transfer.ts';
import type { ExecExit } from '../../protocol/sandbox-api.ts';
import { scriptExit } from './scripts.ts';

/** How many transfers each learner has under way. */
export class TransferCount {
  readonly #counts = new Map<string, number>();

  /** Throws TOO_MANY. Dispose when it has ended. */
  begin(learnerId: string): Disposable {
    const count = this.#counts.get(learnerId) ?? 0;
    if (count >= fileTransferLimits.transfersPerLearner) {
      throw new CodedError('TOO_MANY', `this learner moves ${count} files already; wait for one to end`);
    }
    this.#counts.set(learnerId, count + 1);
    let ended = false;
    return {
      [Symbol.dispose]: () => {
        if (ended) return;
        ended = true;
        const left = (this.#counts.get(learnerId) ?? 1) - 1;
        if (left === 0) this.#counts.delete(learnerId);
        else this.#counts.set(learnerId, left);
      },
    };
  }
}

/** Aborts when no byte has moved for so long. */
export class StallWatch implements Disposable {
  readonly #controller = new AbortController();
  readonly #timer: NodeJS.Timeout;

  constructor(stallMs: number = fileTransferLimits.stallMs) {
    this.#timer = setTimeout(() => this.#controller.abort(), stallMs);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  moved(): void {
    this.#timer.refresh();
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
  }
}

/** Standard error of a script, as far as a message needs it. */
export class Complaint {
  #text = '';

  readonly take = (bytes: Buffer): void => {
    this.#text = (this.#text + bytes.toString('latin1')).slice(0, 500);
  };

  get isAboutSpace(): boolean {
    return /No space left on device|Disk quota exceeded/.test(this.#text);
  }

  /** Chosen by the learner's machine: for messages, never for more. */
  toString(): string {
    return JSON.stringify(this.#text.trim());
  }
}

const meanings = new Map<number, [ErrorCode, string]>([
  [scriptExit.missing, ['FILE_MISSING', 'is not there']],
  [scriptExit.refused, ['FILE_REFUSED', 'is no regular file']],
  [scriptExit.exists, ['FILE_EXISTS', 'is there already']],
  [scriptExit.tooLarge, ['FILE_TOO_LARGE', 'is larger than may be downloaded']],
]);

/** Throws what the end of a script means for the path; nothing for a good end. */
export function judgeExit(path: string, exit: ExecExit, complaint: Complaint): void {
  if (exit.exitCode === 0) return;
  const known = meanings.get(exit.exitCode ?? -1);
  if (known) throw new CodedError(known[0], `${JSON.stringify(path)} ${known[1]}`);
  if (complaint.isAboutSpace)
    throw new CodedError('SANDBOX_DISK_FULL', `no space for ${JSON.stringify(path)}`);
  const how = exit.timedOut ? 'took too long' : `ended with ${exit.exitCode ?? exit.signal}`;
  throw new CodedError('TRANSFER_FAILED', `moving ${JSON.stringify(path)} ${how}: ${complaint}`);
}
