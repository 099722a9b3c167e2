/** One bounded look at a path of a sandbox. What is read is bytes; nothing of it is interpreted. */
import {
  closeSync,
  constants,
  fstatSync,
  opendirSync,
  openSync,
  readSync,
  statfsSync,
  type Stats,
} from 'node:fs';
import type { FileView } from '../../../protocol/sandbox-looks.ts';
import { openFlags, openInRoot, readLinkAt } from './kernel/open-in-root.ts';
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

/** In the order of the disk, and no further than needed: a directory can hold a million names. */
function firstEntries(path: string): string[] {
  const directory = opendirSync(path);
  const names: string[] = [];
  try {
    for (let entry = directory.readSync(); entry !== null; entry = directory.readSync()) {
      names.push(entry.name);
      if (names.length === maxEntries) break;
    }
  } finally {
    directory.closeSync();
  }
  return names.sort();
}

/** What `pathFd` names is on one of them. */
export function isReadable(pathFd: number): boolean {
  return readableFileSystems.has(statfsSync(`/proc/self/fd/${pathFd}`).type);
}

function lookInside(pathFd: number, stats: Stats, maxBytes: number): Partial<FileView> {
  if (!stats.isFile() && !stats.isDirectory()) return {};
  if (!isReadable(pathFd)) return {};
  if (stats.isDirectory()) return { entries: firstEntries(`/proc/self/fd/${pathFd}`) };
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

/** Where the path is a link: what it says, which may lead nowhere. */
function linkTarget(rootFd: number, path: string): { target?: string } {
  const pathFd = openInRoot({ rootFd, path, flags: openFlags.path | openFlags.noFollow });
  try {
    return fstatSync(pathFd).isSymbolicLink() && isReadable(pathFd) ? { target: readLinkAt(pathFd) } : {};
  } finally {
    closeSync(pathFd);
  }
}

function lookAt({ rootFd, firstHostId, path, maxBytes }: FileViewOptions): FileView {
  const inside = (id: number) =>
    id >= firstHostId && id < firstHostId + idsPerRange ? id - firstHostId : unmappedId;
  const pathFd = openInRoot({ rootFd, path, flags: openFlags.path });
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

/** Whatever the kernel refuses is an outcome, not an error of this server: a lease, a broken disk, a loop of links. */
export function viewFile(options: FileViewOptions): FileView {
  let link: { target?: string } = {};
  try {
    link = linkTarget(options.rootFd, options.path);
    return { ...lookAt(options), ...link };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
    if (code === undefined) throw error;
    if (code === 'ENOENT' || code === 'ENOTDIR') return { outcome: 'missing', ...link };
    return { outcome: 'refused', reason: code, ...link };
  }
}
