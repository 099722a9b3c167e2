/** Tries an idmapped mount without attaching it anywhere, so that nothing is left when the descriptors are closed. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, writeFileSync } from 'node:fs';
import { getSystemErrorMessage } from 'node:util';

/** From linux/mount.h and fcntl.h; the system call numbers are the same on every architecture. */
const openTreeNumber = 428;
const mountSetattrNumber = 442;
const openTreeClone = 1;
const atFdcwd = -100;
const atEmptyPath = 0x1000;
const mountAttributeIdmap = 0x0010_0000n;

/** Null where it works, else why not. */
export async function tryIdmappedMount(directory: string): Promise<string | null> {
  const koffi = (await import('koffi')).default;
  const libc = koffi.load('libc.so.6');
  const openTree = libc.func('long syscall(long number, int at, const char *path, unsigned int flags)');
  const setAttributes = libc.func(
    'long syscall(long number, int at, const char *path, unsigned int flags, void *attributes, size_t size)',
  );
  const fault = (what: string) => `${what}: ${getSystemErrorMessage(-koffi.errno())}`;

  const tree = Number(openTree(openTreeNumber, atFdcwd, directory, openTreeClone));
  if (tree < 0) return fault('it could not be opened as a mount');
  const map = await openIdMap();
  try {
    if (typeof map === 'string') return map;
    // struct mount_attr: set, clear, propagation, user namespace; 64 bits each.
    const attributes = Buffer.alloc(32);
    attributes.writeBigUInt64LE(mountAttributeIdmap, 0);
    attributes.writeBigUInt64LE(BigInt(map), 24);
    const result = Number(setAttributes(mountSetattrNumber, tree, '', atEmptyPath, attributes, 32));
    return result === 0 ? null : fault('the kernel refused to map its ids');
  } finally {
    closeSync(tree);
    if (typeof map === 'number') closeSync(map);
  }
}

/** A descriptor of a user namespace that maps ids; or, in words, why there is none. */
async function openIdMap(): Promise<number | string> {
  const holder = spawn('unshare', ['--user', 'sh', '-c', 'echo; exec cat'], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  try {
    const [event] = (await Promise.race([once(holder.stdout, 'data'), once(holder, 'exit')])) as [unknown];
    if (!(event instanceof Buffer)) return 'no user namespace could be made';
    for (const ids of ['uid', 'gid'])
      writeFileSync(`/proc/${holder.pid}/${ids}_map`, `0 ${0x4000_0000} 65536`);
    return openSync(`/proc/${holder.pid}/ns/user`, 'r');
  } catch (error) {
    return (error as Error).message;
  } finally {
    holder.stdin.end();
  }
}
