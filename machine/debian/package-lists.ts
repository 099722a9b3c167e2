import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ociArchitecture } from '../oci/image-config.ts';
import { runCommand } from '../run-command.ts';
import type { PackageSources } from '../sources/package-sources.ts';
import { placeKeys } from './place-keys.ts';
import { renderSources } from './sources-file.ts';

/** What is fetched from the mirrors and used by every bootstrap of a build. */
export interface PackageCache {
  /** Directory of packages, `*.deb`. */
  archives: string;
  /** A root directory for apt alone, with the lists of all packages in `var/lib/apt/lists`. */
  apt: string;
}

export const listsOf = (rootfs: string): string => join(rootfs, 'var/lib/apt/lists');

/** Fetches the lists of packages, once for a whole build. Throws BUILD_FAILED with apt's words. */
export async function fetchLists(options: {
  cache: PackageCache;
  sources: PackageSources;
  signal?: AbortSignal | undefined;
}): Promise<void> {
  const { apt, archives } = options.cache;
  const { apt: settings, foreignKeys, mirror } = options.sources;
  await rm(join(apt, 'etc'), { recursive: true, force: true });
  const needed = [
    'etc/apt/sources.list.d',
    'etc/apt/apt.conf.d',
    'etc/apt/preferences.d',
    'etc/apt/keyrings',
  ];
  for (const path of [
    ...needed,
    'var/lib/apt/lists/partial',
    'var/cache/apt/archives/partial',
    'var/lib/dpkg',
  ]) {
    await mkdir(join(apt, path), { recursive: true });
  }
  await mkdir(archives, { recursive: true });
  await writeFile(join(apt, 'var/lib/dpkg/status'), '');
  const keyringOf = await placeKeys(foreignKeys, join(apt, 'etc/apt/keyrings'));
  await writeFile(join(apt, 'etc/apt/sources.list.d/debian.sources'), renderSources(mirror, keyringOf));
  // A configuration of its own from the root up: the host's hooks and preferences have no say here.
  const own = [
    `Dir "${apt}";`,
    `APT::Architecture "${ociArchitecture()}";`,
    `APT::Architectures "${ociArchitecture()}";`,
    'APT::Sandbox::User "root";',
    'Acquire::Languages "none";',
  ];
  const configPath = join(apt, 'apt.conf');
  await writeFile(configPath, [...own, ...settings.transport, ...settings.validity, ''].join('\n'));
  await runCommand({
    argv: ['apt-get', 'update', '--error-on=any'],
    env: { APT_CONFIG: configPath, LC_ALL: 'C.UTF-8' },
    signal: options.signal,
  });
}
