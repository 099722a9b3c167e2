import { existsSync, readFileSync, readdirSync, rmSync, rmdirSync } from 'node:fs';
import path from 'node:path';
import { CodedError } from '../../protocol/errors.ts';
import { FileLock } from '../file-lock.ts';

/** Mount points at or below a directory, innermost first, in this mount namespace. */
export function mountsBelow(
  directory: string,
  mountInfo = readFileSync('/proc/self/mountinfo', 'utf8'),
): string[] {
  const points = mountInfo
    .split('\n')
    .filter((line) => line !== '')
    // The kernel writes spaces and the like as octal escapes.
    .map((line) =>
      line.split(' ')[4]!.replaceAll(/\\([0-7]{3})/g, (_, octal) => String.fromCharCode(parseInt(octal, 8))),
    );
  return points.filter((point) => point === directory || point.startsWith(`${directory}/`)).reverse();
}

/**
 * Removes an instance's runtime directory, and the one of all instances after the last. Refuses while anything is mounted below: what would be deleted then is the
 * machine tree or a learner's disk.
 */
export function clearRuntime(runtimeDir: string): void {
  const mounts = mountsBelow(runtimeDir);
  if (mounts.length > 0) {
    const message = `${mounts.length} mounts are left below ${runtimeDir}, where none was expected: ${mounts.slice(0, 5).join(', ')}. Look who uses them (fuser -m), unmount them (umount), then run: chrootcamp stop`;
    throw new CodedError('INTERNAL', message);
  }
  rmSync(runtimeDir, { recursive: true, force: true });
  removeRoot(path.dirname(runtimeDir));
}

/** Whoever comes in meanwhile makes it anew, and waits for no lock that was removed (see `FileLock`). */
function removeRoot(runtimeRoot: string): void {
  const lockFile = path.join(runtimeRoot, 'lock');
  if (!existsSync(lockFile)) return;
  using lock = FileLock.tryTake(lockFile);
  if (!lock || readdirSync(runtimeRoot).length > 1) return;
  rmSync(lockFile);
  try {
    rmdirSync(runtimeRoot);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOTEMPTY') throw error;
  }
}
