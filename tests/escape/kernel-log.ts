/** Complaints of the host's kernel since a moment: an attack that half worked often leaves one. */
import { closeSync, constants, openSync, readSync } from 'node:fs';

const complaint =
  /\b(BUG|Oops|KASAN|UBSAN|general protection|kernel panic|refcount_t|use-after-free)\b|WARNING: CPU/i;

export class KernelLog implements Disposable {
  readonly #fd = openSync('/dev/kmsg', constants.O_RDONLY | constants.O_NONBLOCK);

  constructor() {
    this.#records();
  }

  /** Since the last time it was asked. */
  complaints(): string[] {
    return this.#records().filter((record) => complaint.test(record));
  }

  /** One record a read; EPIPE where some were overwritten meanwhile, EAGAIN at the end (Documentation/ABI, dev-kmsg). */
  #records(): string[] {
    const buffer = Buffer.alloc(8192);
    const found: string[] = [];
    for (;;) {
      try {
        found.push(buffer.toString('utf8', 0, readSync(this.#fd, buffer)));
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        if (code === 'EAGAIN') return found;
        if (code !== 'EPIPE') throw error;
      }
    }
  }

  [Symbol.dispose](): void {
    closeSync(this.#fd);
  }
}
