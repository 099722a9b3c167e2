/** One bounded look at a path of a sandbox. What is read is bytes; nothing of it is interpreted. */
import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readdirSync,
  readSync,
  statfsSync,
  type Stats,
} from 'node:fs';
import type { FileView } from '../../../protocol/sandbox-api.ts';
import { SystemCallError } from './kernel/libc.ts';
import { openFlags, openInRoot } from './kernel/open-in-root.ts';
import { idsPerRange } from './lease.ts';

/**
 * File systems whose content may be read (statfs(2)): ext, overlay, tmpfs. procfs and sysfs are refused: read with the
 * host's rights, /proc/kmsg or kallsyms would tell the learner what the kernel keeps from them.
 */
const readableFileSystems = new Set([0xef53, 0x794c7630, 0x01021994]);
const maxEntries = 1_000;
const unmappedId = 65_534;

function typeOf(stats: Stats): NonNullable<FileView['type']> {
  if (stats.isFile()) return 'file';
  if (stats.isDirectory()) return 'directory';
  if (stats.isSymbolicLink()) return 'symlink';
  if (stats.isFIFO()) return 'fifo';
  if (stats.isSocket()) return 'socket';
  return stats.isCharacterDevice() ? 'character-device' : 'block-device';
}

function readStart(fd: number, maxBytes: number): { content: string; truncated: boolean } {
  const buffer = Buffer.alloc(maxBytes + 1);
  let length = 0;
  for (;;) {
    const count = readSync(fd, buffer, length, buffer.length - length, length);
    length += count;
    if (count === 0 || length === buffer.length) break;
  }
  return {
    content: buffer.subarray(0, Math.min(length, maxBytes)).toString('base64'),
    truncated: length > maxBytes,
  };
}

function lookInside(pathFd: number, stats: Stats, maxBytes: number): Partial<FileView> {
  if (!stats.isFile() && !stats.isDirectory()) return {};
  if (!readableFileSystems.has(statfsSync(`/proc/self/fd/${pathFd}`).type)) return {};
  if (stats.isDirectory()) return { entries: readdirSync(`/proc/self/fd/${pathFd}`).slice(0, maxEntries) };
  // The very inode that was looked at: reopened by its descriptor, not by its path.
  const fd = openSync(
    `/proc/self/fd/${pathFd}`,
    constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY,
  );
  try {
    return readStart(fd, maxBytes);
  } finally {
    closeSync(fd);
  }
}

export interface FileViewOptions {
  rootFd: number;
  firstHostId: number;
  /** Absolute, as the sandbox names it. */
  path: string;
  maxBytes: number;
}

export function viewFile({ rootFd, firstHostId, path, maxBytes }: FileViewOptions): FileView {
  const inside = (id: number) =>
    id >= firstHostId && id < firstHostId + idsPerRange ? id - firstHostId : unmappedId;
  let pathFd: number;
  try {
    pathFd = openInRoot({ rootFd, path, flags: openFlags.path });
  } catch (error) {
    if (!(error instanceof SystemCallError)) throw error;
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return { outcome: 'missing' };
    return { outcome: 'refused', reason: error.code };
  }
  try {
    const stats = fstatSync(pathFd);
    return {
      outcome: 'found',
      type: typeOf(stats),
      mode: stats.mode & 0o7777,
      uid: inside(stats.uid),
      gid: inside(stats.gid),
      sizeBytes: stats.size,
      mtimeMs: stats.mtimeMs,
      ...lookInside(pathFd, stats, maxBytes),
    };
  } finally {
    closeSync(pathFd);
  }
}
