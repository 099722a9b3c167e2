/**
 * A sandbox's disk: one sparse ext4 image, loop-mounted. Its size is the quota; deleting the file is the clean-up. It
 * holds the overlay's upper layer, /root (real ext4, so overlay lessons work there) and /var/lib/docker.
 */
import { closeSync, openSync } from 'node:fs';
import { chown, mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { CodedError } from '../../../protocol/errors.ts';
import type { Limits } from '../../../protocol/limits.ts';
import { CommandError, runCommand } from './command.ts';
import { ioctl } from './kernel/libc.ts';
import { attachLoopDevice, devicesOf, openLoopDevice } from './kernel/loop-device.ts';
import { mount, mountFlags } from './kernel/mounts.ts';

/** mke2fs's own ratio. */
const bytesPerInode = 16_384;
const detachTimeoutMs = 1_000;

const diskDirectories = ['upper', 'work', 'docker', 'home'] as const;

/** No journal: a sandbox that outlives its host by luck is checked at the next start instead. */
export async function formatDisk({
  image,
  diskBytes,
  diskInodes,
}: { image: string } & Pick<Limits, 'diskBytes' | 'diskInodes'>): Promise<void> {
  const file = await open(image, 'wx', 0o600);
  await file.truncate(diskBytes);
  await file.close();
  // Their table is part of the disk: more would leave less for what is in the files.
  const inodes = Math.min(diskInodes, Math.floor(diskBytes / bytesPerInode));
  const options = ['-O', '^has_journal', '-E', 'lazy_itable_init=1,nodiscard', '-m', '0', '-N', `${inodes}`];
  await runCommand('mkfs.ext4', ['-q', '-F', ...options, image]);
}

/** The status of e2fsck(8): 4 in it for errors that are left, 8 where it could make nothing of the file. */
async function runFsck(...args: string[]): Promise<{ status: number; said: string }> {
  try {
    await runCommand('e2fsck', args);
    return { status: 0, said: '' };
  } catch (error) {
    // From 16 on it was called wrongly or ended from outside: nothing is said of the disk.
    if (!(error instanceof CommandError) || error.exitCode === null || error.exitCode >= 16) throw error;
    return { status: error.exitCode, said: error.stderr.trim() };
  }
}

/**
 * Mends what a killed host left inconsistent. Without a journal every unclean end needs it. Where the careful run leaves
 * errors the thorough one answers every question with yes: nobody here can do better, and the learner's other files are
 * worth more than the broken one. Throws SANDBOX_DISK_DAMAGED for what is no disk any more; that is left as it is.
 */
export async function checkDisk(image: string): Promise<void> {
  // Mounted elsewhere still: whole, and not to be touched.
  if ((await lingeringDevice(image)) !== null) return;
  const unmended = 4 | 8;
  if (((await runFsck('-p', image)).status & unmended) === 0) return;
  const { status, said } = await runFsck('-f', '-y', image);
  if ((status & unmended) === 0) return;
  const found = `e2fsck cannot mend ${image} (${said.split('\n').at(-1)})`;
  throw new CodedError(
    'SANDBOX_DISK_DAMAGED',
    `${found}; restore one of its checkpoints, put a back-up of yours in its place, or destroy it`,
  );
}

/**
 * The loop device that still has the image a while after its last unmount here, or null. The kernel lets go in its own
 * time; but whatever got a mount namespace of its own while the sandbox ran has copies of its mounts, and holds it on.
 */
export async function lingeringDevice(image: string): Promise<string | null> {
  for (const deadline = Date.now() + detachTimeoutMs; ; await delay(5)) {
    const [device] = await devicesOf(image);
    if (device === undefined) return null;
    if (Date.now() > deadline) return device;
  }
}

/**
 * As seen from the host the disk can neither be a source of setuid programs nor of devices. A file system mounted twice
 * by way of two devices would be destroyed: where one lingers it is mounted again.
 */
export async function mountDisk({ image, target }: { image: string; target: string }): Promise<void> {
  const lingering = await lingeringDevice(image);
  const loop = lingering === null ? attachLoopDevice(image) : openLoopDevice(lingering);
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
