import { CodedError } from '../../../protocol/errors.ts';
import { CommandError } from './command.ts';

/** By the words of strerror(3) where a program of the host met it. */
function isDiskFull(error: unknown): boolean {
  if (error instanceof CommandError) return /No space left on device|Disk quota exceeded/.test(error.stderr);
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOSPC' || code === 'EDQUOT';
}

/** Runs `work`; where the host's disk has no room for it that is DISK_TOO_SMALL. `what`: "keeping a copy of its disk". */
export async function tellFullDisk<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isDiskFull(error)) throw error;
    const found = `the host's disk was full (or had no inode left) in the middle of ${what}: ${(error as Error).message}`;
    throw new CodedError('DISK_TOO_SMALL', `${found}; free some of it and try again`, { cause: error });
  }
}
