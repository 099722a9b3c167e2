/** Copies a sparse image: shared blocks where the file system can (FICLONE), else the allocated ones only. */
import { stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { CodedError } from '../../../../protocol/errors.ts';
import { runCommand } from '../command.ts';

export interface ImageCopy {
  from: string;
  /** Overwritten where it is there. */
  to: string;
  /** Lets everybody else have processor and disk first. */
  inBackground: boolean;
  signal?: AbortSignal | undefined;
}

const lowPriority = ['nice', '-n', '15', 'ionice', '-c', '3'];

/** coreutils asks the kernel to copy (copy_file_range(2)), extent by extent: on ext4 as fast as memory is. */
export async function copyImage({ from, to, inBackground, signal }: ImageCopy): Promise<void> {
  const copy = ['cp', '--reflink=auto', '--sparse=auto', '--', from, to];
  const [program, ...args] = inBackground ? [...lowPriority, ...copy] : copy;
  await runCommand(program as string, args, { signal });
}

/** Bytes it takes on the host's disk. */
async function allocatedBytes(image: string): Promise<number> {
  return (await stat(image)).blocks * 512;
}

/** Throws DISK_TOO_SMALL where the copy would leave the host less than its reserve. */
export async function requireRoom(image: string, reserveBytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(dirname(image));
  const [free, needed] = [bavail * bsize, await allocatedBytes(image)];
  if (free - needed >= reserveBytes) return;
  throw new CodedError(
    'DISK_TOO_SMALL',
    `a copy of a disk takes ${needed} bytes, ${free} are free and ${reserveBytes} of them are the host's reserve; free some`,
  );
}

/** Throws CHECKPOINT_FAILED. */
export async function requireSmall(image: string, maxBytes: number): Promise<void> {
  const needed = await allocatedBytes(image);
  if (needed <= maxBytes) return;
  throw new CodedError(
    'CHECKPOINT_FAILED',
    `the disk takes ${needed} bytes, and all checkpoints of a sandbox together may take ${maxBytes}; remove images or files in it`,
  );
}
