/**
 * openat2(2) with RESOLVE_IN_ROOT and RESOLVE_NO_MAGICLINKS: the only way files of a sandbox are opened from outside.
 * Absolute links, `..` and /proc's magic links planted by a learner resolve inside the learner's own root.
 */
import { checked, libc, systemCallNumbers } from './libc.ts';

const openat2 = libc.func(
  'long syscall(long number, long directory, const char *path, const void *how, unsigned long size)',
);

export const openFlags = {
  readOnly: 0,
  noControllingTerminal: 0o400,
  nonBlock: 0o4000,
  directory: 0o200000,
  noFollow: 0o400000,
  closeOnExec: 0o2000000,
  /** O_PATH: names the thing without opening it, so no FIFO blocks and no device wakes. */
  path: 0o10000000,
} as const;

/** A file descriptor, close-on-exec. Throws `SystemCallError` with ENOENT, ELOOP, ENOTDIR, EACCES ... */
export function openInRoot({ rootFd, path, flags }: { rootFd: number; path: string; flags: number }): number {
  const RESOLVE_NO_MAGICLINKS = 0x02n;
  const RESOLVE_IN_ROOT = 0x10n;
  const how = Buffer.alloc(24);
  how.writeBigUInt64LE(BigInt(flags | openFlags.closeOnExec), 0);
  how.writeBigUInt64LE(RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS, 16);
  return checked('openat2', path, Number(openat2(systemCallNumbers.openat2, rootFd, path, how, how.length)));
}

const readlinkat = libc.func(
  'long readlinkat(int directory, const char *path, _Out_ void *buffer, size_t size)',
);

/** What the link says that `linkFd` names (O_PATH with O_NOFOLLOW). */
export function readLinkAt(linkFd: number): string {
  const buffer = Buffer.alloc(4096);
  const length = checked('readlinkat', 'link', Number(readlinkat(linkFd, '', buffer, buffer.length)));
  return buffer.toString('utf8', 0, length);
}
