/**
 * A sandbox's disk: one sparse ext4 image, loop-mounted. Its size is the quota; deleting the file is the clean-up. It
 * holds the overlay's upper layer, /root (real ext4, so overlay lessons work there) and /var/lib/docker.
 */
import { closeSync, openSync } from 'node:fs';
import { chown, mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from './command.ts';
import { ioctl } from './kernel/libc.ts';
import { attachLoopDevice } from './kernel/loop-device.ts';
import { mount, mountFlags } from './kernel/mounts.ts';

export const diskDirectories = ['upper', 'work', 'docker', 'home'] as const;

/** No journal: a sandbox that outlives its host by luck is checked at the next start instead. */
export async function formatDisk({ image, sizeBytes }: { image: string; sizeBytes: number }): Promise<void> {
  const file = await open(image, 'wx', 0o600);
  await file.truncate(sizeBytes);
  await file.close();
  const options = 'lazy_itable_init=1,nodiscard';
  await runCommand('mkfs.ext4', ['-q', '-F', '-O', '^has_journal', '-E', options, '-m', '0', image]);
}

/**
 * Replays what a killed host left inconsistent. Without a journal every unclean end needs it; statuses 1 and 2 of
 * e2fsck(8) mean "mended".
 */
export async function checkDisk(image: string): Promise<void> {
  await runCommand('e2fsck', ['-p', image]).catch((error: unknown) => {
    const status = (error as { exitCode?: number | null }).exitCode;
    if (status !== 1 && status !== 2) throw error;
  });
}

/** As seen from the host the disk can neither be a source of setuid programs nor of devices. */
export function mountDisk({ image, target }: { image: string; target: string }): void {
  const loop = attachLoopDevice(image);
  try {
    const flags = mountFlags.noSuid | mountFlags.noDev | mountFlags.noAtime;
    mount({ source: loop.device, target, type: 'ext4', flags, data: 'errors=remount-ro,noinit_itable' });
  } finally {
    closeSync(loop.fd);
  }
}

export async function makeDiskDirectories({ disk, owner }: { disk: string; owner: number }): Promise<void> {
  for (const name of diskDirectories) {
    await mkdir(join(disk, name), { mode: name === 'home' ? 0o700 : 0o755 });
    await chown(join(disk, name), owner, owner);
  }
}

/**
 * Stops all writing to a disk that will be deleted, dirty pages included, so that unmounting has nothing to flush
 * (FS_IOC_SHUTDOWN with NOLOGFLUSH, ext4 and xfs).
 */
export function abandonDisk(disk: string): void {
  const FS_IOC_SHUTDOWN = 0x8004587d;
  const NOLOGFLUSH = Buffer.from([2, 0, 0, 0]);
  const fd = openSync(disk, 'r');
  try {
    ioctl(fd, FS_IOC_SHUTDOWN, NOLOGFLUSH);
  } finally {
    closeSync(fd);
  }
}
