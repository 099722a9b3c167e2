/**
 * The guest: Debian 13 with its own stock kernel and initial ram disk, and what the sandbox-server needs on any host.
 * Named by a hash of its recipe; built once.
 */
import { chmod, copyFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { bootstrap } from '../../../machine/debian/bootstrap.ts';
import { fetchLists } from '../../../machine/debian/package-lists.ts';
import { buildAtomically, exists } from '../../../machine/partial-builds.ts';
import { hashRecipe } from '../../../machine/recipe-hash.ts';
import { fingerprint, readPackageSources } from '../../../machine/sources/package-sources.ts';
import { makeDiskImage } from './disk-image.ts';

const packages = [
  'linux-image-cloud-amd64',
  // what the sandbox-server runs: see host/packages.json
  'crun',
  'docker-registry',
  'e2fsprogs',
  'iproute2',
  'mount',
  'passwd',
  'runc',
  'util-linux',
  // what the Node of node_modules is linked with
  'libatomic1',
  'libstdc++6',
];

const settings = [
  'force-unsafe-io',
  'path-exclude=/usr/share/doc/*',
  'path-exclude=/usr/share/man/*',
  'path-exclude=/usr/share/locale/*',
];

const initFile = join(import.meta.dirname, 'init');

export interface Guest {
  kernel: string;
  initialRamDisk: string;
  disk: string;
}

/** Under `cacheDir`, with room for the sandboxes' disks. Needs root. */
export async function buildGuest(options: {
  cacheDir: string;
  signal: AbortSignal;
  onProgress: (words: string) => void;
}): Promise<Guest> {
  const { cacheDir, onProgress, signal } = options;
  const sources = await readPackageSources();
  const paths = [initFile, import.meta.filename, join(import.meta.dirname, 'disk-image.ts')];
  const directory = join(
    cacheDir,
    `guest-${await hashRecipe({ paths, inputs: [...packages, fingerprint(sources)] })}`,
  );
  if (!(await exists(directory))) {
    await rm(`${directory}.partial`, { recursive: true, force: true });
    await buildAtomically(directory, async (partial) => {
      const cache = { archives: join(cacheDir, 'packages/debs'), apt: join(cacheDir, 'packages/apt') };
      onProgress('package lists');
      await fetchLists({ cache, sources, signal });
      const rootfs = join(partial, 'rootfs');
      await bootstrap({
        rootfs,
        variant: 'minbase',
        packages,
        dpkgSettings: settings,
        customizeHook:
          'chroot "$1" useradd --system --no-create-home --shell /usr/sbin/nologin chrootcamp-net',
        sources,
        cache,
        signal,
        onProgress,
      });
      await copyFile(initFile, join(rootfs, 'sbin/init'));
      await chmod(join(rootfs, 'sbin/init'), 0o755);
      const boot = await readdir(join(rootfs, 'boot'));
      for (const [prefix, name] of Object.entries({ 'vmlinuz-': 'kernel', 'initrd.img-': 'initrd' })) {
        const file = boot.find((each) => each.startsWith(prefix));
        if (file === undefined) throw new Error(`found no ${prefix}* in the guest's /boot`);
        await copyFile(join(rootfs, 'boot', file), join(partial, name));
      }
      for (const path of ['boot', 'var/cache/apt', 'var/lib/apt/lists'])
        await rm(join(rootfs, path), { recursive: true });
      onProgress('disk image');
      await makeDiskImage({
        directory: rootfs,
        image: join(partial, 'disk.img'),
        roomBytes: 8 * 1024 ** 3,
        signal,
      });
      await rm(rootfs, { recursive: true });
    });
  }
  return {
    kernel: join(directory, 'kernel'),
    initialRamDisk: join(directory, 'initrd'),
    disk: join(directory, 'disk.img'),
  };
}
