import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What package installation leaves behind: of this machine, of the moment, or of no use in a machine of its own. */
const leftovers = [
  'etc/.pwd.lock',
  'etc/apt/apt.conf.d/99mmdebstrap',
  'etc/hostname',
  'etc/resolv.conf',
  'var/cache/debconf/config.dat-old',
  'var/cache/debconf/templates.dat-old',
  'var/cache/ldconfig/aux-cache',
  'var/lib/dpkg/diversions-old',
  'var/lib/dpkg/status-old',
  'var/lib/dpkg/statoverride-old',
];
const emptied = [
  'boot',
  'dev',
  'proc',
  'run',
  'sys',
  'tmp',
  'var/cache/apt/archives',
  'var/lib/apt/lists',
  'var/tmp',
];

/** Removes them from a root filesystem; device nodes too, which nobody may find in a tree on the host. */
export async function tidyRootfs(rootfs: string): Promise<void> {
  for (const path of leftovers) await rm(join(rootfs, path), { force: true });
  for (const path of emptied) await emptyDirectory(join(rootfs, path));
  await removeFiles(join(rootfs, 'var/log'));
  await writeFile(join(rootfs, 'etc/machine-id'), '');
}

/** Log files only: programs expect their own directories there. */
async function removeFiles(directory: string): Promise<void> {
  for (const entry of await readdir(directory, { recursive: true, withFileTypes: true })) {
    if (!entry.isDirectory()) await rm(join(entry.parentPath, entry.name));
  }
}

async function emptyDirectory(path: string): Promise<void> {
  const names = await readdir(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  for (const name of names) await rm(join(path, name), { recursive: true, force: true });
}
