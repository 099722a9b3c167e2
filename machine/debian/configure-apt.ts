import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PackageSources } from '../sources/package-sources.ts';
import { placeKeys } from './place-keys.ts';
import { renderSources } from './sources-file.ts';

/** Gives a root filesystem the package sources of this machine, for Debian 13, and settings that keep apt's output lean. */
export async function configureApt(rootfs: string, sources: PackageSources): Promise<void> {
  const etc = join(rootfs, 'etc/apt');
  await rm(join(etc, 'sources.list.d'), { recursive: true, force: true });
  await mkdir(join(etc, 'sources.list.d'), { recursive: true });
  await mkdir(join(etc, 'keyrings'), { recursive: true });
  const keyringOf = await placeKeys(sources.foreignKeys, join(etc, 'keyrings'), '/etc/apt/keyrings');
  await writeFile(join(etc, 'sources.list.d/debian.sources'), renderSources(sources.mirror, keyringOf));
  await writeFile(join(etc, 'apt.conf.d/90chrootcamp'), [...leanApt, ...sources.apt.validity, ''].join('\n'));
}

/** No translations, compressed indexes, and no packages kept after their installation: a layer holds only what it must. */
const leanApt = [
  'Acquire::Languages "none";',
  'Acquire::GzipIndexes "true";',
  'APT::Keep-Downloaded-Packages "false";',
  'APT::AutoRemove::SuggestsImportant "false";',
  'Dir::Cache::pkgcache "";',
  'Dir::Cache::srcpkgcache "";',
  'DPkg::Post-Invoke { "rm -f /var/cache/apt/archives/*.deb /var/cache/apt/archives/partial/*.deb || true"; };',
];
