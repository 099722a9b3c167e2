import { CodedError } from '../../protocol/errors.ts';
import { fileTransferLimits } from '../../protocol/file-transfer.ts';
import type { SandboxClient } from '../../sandbox-client/client.ts';
import { downloadScript } from './scripts.ts';
import { Complaint, StallWatch, judgeExit } from './transfer.ts';

/** Of a file that does not say how long it is, as in /proc. */
const maxUnsizedBytes = 1024 * 1024;
/** How long to wait for the size: opening may hang, where the file was changed for a FIFO meanwhile. */
const sizeDeadlineMs = 10_000;

export interface DownloadTarget {
  /** Once, before the content. `bytes`: null where the file does not say. */
  begin(bytes: number | null): void;
  write(chunk: Buffer): void;
  /** Resolves when more can be taken. */
  whenReady(): Promise<void> | undefined;
}

export interface DownloadOptions {
  client: SandboxClient;
  sandboxId: string;
  /** Absolute, in the machine. */
  path: string;
  target: DownloadTarget;
  /** The browser has left. */
  signal: AbortSignal;
  sizeDeadlineMs?: number;
}

/** Resolves when all was written. Before `begin` it throws coded errors, after it TRANSFER_FAILED: cut the answer then. */
export async function download(options: DownloadOptions): Promise<void> {
  const { client, sandboxId, path, target, signal } = options;
  using stall = new StallWatch(options.sizeDeadlineMs ?? sizeDeadlineMs);
  using moving = new StallWatch();
  const complaint = new Complaint();
  const reader = new SizedReader(target, () => {
    stall[Symbol.dispose]();
    moving.moved();
  });
  const limits = [fileTransferLimits.maxDownloadBytes, maxUnsizedBytes].map(String);
  try {
    const exit = await client.exec(
      sandboxId,
      {
        argv: ['/bin/sh', '-c', downloadScript, 'download', path, ...limits],
        timeoutMs: fileTransferLimits.totalMs,
      },
      {
        onStdout: (bytes) => reader.push(bytes),
        onStderr: complaint.take,
        whenReady: () => target.whenReady(),
        signal: AbortSignal.any([signal, stall.signal, moving.signal]),
      },
    );
    judgeExit(path, exit, complaint);
    reader.finish(path);
  } catch (error) {
    if (!stall.signal.aborted && !moving.signal.aborted) throw error;
    throw new CodedError('TRANSFER_FAILED', `no byte of ${JSON.stringify(path)} came for too long`);
  }
}

/** A line with the size, then at most as many bytes. The learner's machine may print anything: it is held to it. */
class SizedReader {
  readonly #target: DownloadTarget;
  readonly #onMoved: () => void;
  #head = '';
  #left: number | null = null;
  #isSized = false;

  constructor(target: DownloadTarget, onMoved: () => void) {
    this.#target = target;
    this.#onMoved = onMoved;
  }

  push(bytes: Buffer): void {
    let content = bytes;
    if (this.#left === null) {
      const end = bytes.indexOf(0x0a);
      this.#head += bytes.subarray(0, end === -1 ? undefined : end).toString('latin1');
      if (this.#head.length > 15 || (end !== -1 && !/^\d+$/.test(this.#head))) throw broken('no size');
      if (end === -1) return;
      this.#begin(Number(this.#head));
      content = bytes.subarray(end + 1);
    }
    if (content.length === 0) return;
    if (content.length > (this.#left ?? 0)) throw broken('more than it said');
    this.#left = (this.#left ?? 0) - content.length;
    this.#onMoved();
    this.#target.write(content);
  }

  /** Throws where less came than was said. */
  finish(path: string): void {
    if (this.#left === null) throw broken('nothing');
    if (this.#isSized && this.#left > 0) {
      throw new CodedError('TRANSFER_FAILED', `${JSON.stringify(path)} became shorter while it was read`);
    }
  }

  #begin(bytes: number): void {
    if (bytes > fileTransferLimits.maxDownloadBytes) throw broken('a size that is not allowed');
    this.#isSized = bytes > 0;
    this.#left = this.#isSized ? bytes : maxUnsizedBytes;
    this.#onMoved();
    this.#target.begin(this.#isSized ? bytes : null);
  }
}

function broken(found: string): CodedError {
  return new CodedError(
    'TRANSFER_FAILED',
    `the machine's tools sent ${found}; expected a size and as many bytes`,
  );
}
