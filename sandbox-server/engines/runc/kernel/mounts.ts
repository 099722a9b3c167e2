/** mount(2), umount2(2) and the part of the new mount API that maps ids. */
import { readFile } from 'node:fs/promises';
import { checked, libc, systemCallNumbers } from './libc.ts';

const mountFunction = libc.func(
  'int mount(const char *source, const char *target, const char *type, unsigned long flags, const void *data)',
);
const umount2 = libc.func('int umount2(const char *target, int flags)');
const openTree = libc.func(
  'long syscall(long number, long directory, const char *path, unsigned long flags)',
);
const mountSetattr = libc.func(
  'long syscall(long number, long directory, const char *path, unsigned long flags, const void *attributes, unsigned long size)',
);
const moveMountFunction = libc.func(
  'long syscall(long number, long from, const char *fromPath, long to, const char *toPath, unsigned long flags)',
);

export const mountFlags = { readOnly: 1, noSuid: 2, noDev: 4, noExec: 8, noAtime: 1024, bind: 4096 } as const;

export interface MountOptions {
  source: string;
  target: string;
  type: string;
  /** Of `mountFlags`, added up. */
  flags?: number;
  /** Options of the file system, comma-separated. */
  data?: string;
}

export function mount({ source, target, type, flags = 0, data = '' }: MountOptions): void {
  const options = data === '' ? null : Buffer.from(`${data}\0`);
  checked('mount', target, mountFunction(source, target, type, flags, options) as number);
}

const MNT_DETACH = 2;
const UMOUNT_NOFOLLOW = 8;

/** Unmounts on a worker thread, since the last unmount flushes a disk. Nothing mounted there is fine. */
export async function unmount(target: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    umount2.async(target, MNT_DETACH | UMOUNT_NOFOLLOW, (error: unknown) =>
      error ? reject(error) : resolve(),
    );
  });
}

/** Mount points at or below `directory`, deepest first, of this process's mount namespace. */
export async function mountsBelow(directory: string): Promise<string[]> {
  const table = await readFile('/proc/self/mountinfo', 'utf8');
  return table
    .split('\n')
    .map((line) => line.split(' ')[4])
    .filter((path): path is string => path !== undefined)
    .map((path) =>
      path.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(parseInt(octal, 8))),
    )
    .filter((path) => path === directory || path.startsWith(`${directory}/`))
    .reverse();
}

const AT_FDCWD = -100;

/** A detached copy of the mount at `path` (open_tree(2) with OPEN_TREE_CLONE). */
export function cloneMount(path: string): number {
  const OPEN_TREE_CLONE = 1;
  const OPEN_TREE_CLOEXEC = 0o2000000;
  const result = openTree(systemCallNumbers.openTree, AT_FDCWD, path, OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC);
  return checked('open_tree', path, Number(result));
}

/** Makes a detached mount read-only and maps its ids through a user namespace (mount_setattr(2)). */
export function mapIds(mountFd: number, userNamespaceFd: number): void {
  const AT_EMPTY_PATH = 0x1000;
  const MOUNT_ATTR_RDONLY = 0x1n;
  const MOUNT_ATTR_NODEV = 0x4n;
  const MOUNT_ATTR_IDMAP = 0x100000n;
  const attributes = Buffer.alloc(32);
  attributes.writeBigUInt64LE(MOUNT_ATTR_RDONLY | MOUNT_ATTR_NODEV | MOUNT_ATTR_IDMAP, 0);
  attributes.writeBigUInt64LE(BigInt(userNamespaceFd), 24);
  const result = mountSetattr(systemCallNumbers.mountSetattr, mountFd, '', AT_EMPTY_PATH, attributes, 32);
  checked('mount_setattr', 'idmap', Number(result));
}

export function attachMount(mountFd: number, target: string): void {
  const MOVE_MOUNT_F_EMPTY_PATH = 4;
  const result = moveMountFunction(
    systemCallNumbers.moveMount,
    mountFd,
    '',
    AT_FDCWD,
    target,
    MOVE_MOUNT_F_EMPTY_PATH,
  );
  checked('move_mount', target, Number(result));
}
