/**
 * A lock that the kernel lets go when its holder dies, however it dies: flock(2) on an open file. `flock(1)` locks the
 * file description it inherits, which is ours too, so the lock outlives that helper and lasts as long as our descriptor.
 * Given to a child as one of its descriptors, the lock is the child's as well.
 */
import { spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, fstatSync, openSync, statSync } from 'node:fs';
import { once } from 'node:events';
import { CodedError } from '../protocol/errors.ts';

/** Longer than a mere look by `isLocked` takes, so that a look never makes a taker fail. */
const takeTimeoutSeconds = '0.3';

export class FileLock implements Disposable {
  readonly fd: number;
  #open = true;

  private constructor(fd: number) {
    this.fd = fd;
  }

  /** Null where somebody else holds it, or removed the file while we waited (then there is nothing to hold: try again). */
  static tryTake(path: string): FileLock | null {
    const fd = openSync(path, 'a', 0o644);
    const { status, error } = runFlock(['--exclusive', '--timeout', takeTimeoutSeconds], fd);
    if (status === 0 && isStillAt(path, fd)) return new FileLock(fd);
    closeSync(fd);
    if (status === 0 || status === 1) return null;
    throw lockFailure(path, error);
  }

  /** Waits for as long as it takes. Rejects with the signal's reason. */
  static async take(path: string, options: { signal?: AbortSignal } = {}): Promise<FileLock> {
    for (;;) {
      const fd = openSync(path, 'a', 0o644);
      try {
        await waitForFlock(path, fd, options.signal);
      } catch (error) {
        closeSync(fd);
        options.signal?.throwIfAborted();
        throw error;
      }
      if (isStillAt(path, fd)) return new FileLock(fd);
      closeSync(fd);
    }
  }

  /** Adopts a descriptor that a parent locked and passed on. */
  static adopt(fd: number): FileLock {
    return new FileLock(fd);
  }

  static isLocked(path: string): boolean {
    if (!existsSync(path)) return false;
    const fd = openSync(path, 'r');
    try {
      return runFlock(['--shared', '--nonblock'], fd).status === 1;
    } finally {
      closeSync(fd);
    }
  }

  [Symbol.dispose](): void {
    if (this.#open) closeSync(this.fd);
    this.#open = false;
  }
}

async function waitForFlock(path: string, fd: number, signal: AbortSignal | undefined): Promise<void> {
  const child = spawn('flock', ['--exclusive', '3'], {
    stdio: ['ignore', 'ignore', 'inherit', fd],
    ...(signal ? { signal } : {}),
  });
  const [status] = (await once(child, 'close')) as [number | null];
  signal?.throwIfAborted();
  if (status !== 0) throw lockFailure(path);
}

function runFlock(options: string[], fd: number): { status: number | null; error?: Error } {
  return spawnSync('flock', [...options, '3'], { stdio: ['ignore', 'ignore', 'ignore', fd] });
}

function isStillAt(path: string, fd: number): boolean {
  const there = statSync(path, { throwIfNoEntry: false });
  return there !== undefined && there.ino === fstatSync(fd).ino;
}

function lockFailure(path: string, cause?: Error): CodedError {
  const message = `${path} could not be locked${cause ? ` (${cause.message})` : ''}; needed: flock(1), which the package util-linux brings`;
  return new CodedError('HOST_UNSUITABLE', message, { cause });
}
