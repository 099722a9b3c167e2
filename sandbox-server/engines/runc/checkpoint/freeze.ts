/**
 * Holds back all writing to a mounted file system for a moment (ioctl_fs FIFREEZE): what is on its device then is whole.
 * Processes go on; one that writes waits, and cannot even be killed meanwhile.
 */
import { closeSync, openSync } from 'node:fs';
import { ioctl, ioctlAside, SystemCallError } from '../kernel/libc.ts';

const FIFREEZE = 0xc0045877;
const FITHAW = 0xc0045878;

/** `fd`: any file or directory of it. */
export function freeze(fd: number): Promise<void> {
  return ioctlAside(fd, FIFREEZE);
}

/** Fine where it is not frozen. */
export function thaw(fd: number): void {
  try {
    ioctl(fd, FITHAW, 0);
  } catch (error) {
    if (!(error instanceof SystemCallError && error.code === 'EINVAL')) throw error;
  }
}

/** For what a server that was killed may have left frozen. `mountPoint` is mounted. */
export function thawMount(mountPoint: string): void {
  const fd = openSync(mountPoint, 'r');
  try {
    thaw(fd);
  } finally {
    closeSync(fd);
  }
}
