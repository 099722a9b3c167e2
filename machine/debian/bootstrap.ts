import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PackageSources } from '../sources/package-sources.ts';
import { runCommand } from '../run-command.ts';
import { shellWord } from './shell-word.ts';
import { listsOf, type PackageCache } from './package-lists.ts';
import { placeKeys } from './place-keys.ts';
import { debianRelease, renderSources } from './sources-file.ts';

export interface BootstrapOptions {
  /** The root filesystem to make; its parent must exist. */
  rootfs: string;
  /** `minbase`: essential packages and apt, then `packages`. `custom`: only `packages`, upon what `hooks` put there. */
  variant: 'minbase' | 'custom' | 'extract';
  packages: readonly string[];
  /** Lines for dpkg.cfg(5) that stay in the root filesystem. */
  dpkgSettings?: readonly string[];
  setupHook?: string;
  customizeHook?: string;
  sources: PackageSources;
  /** With its lists already there; packages are added to it. */
  cache: PackageCache;
  signal?: AbortSignal | undefined;
  /** What mmdebstrap is doing, in its own words. */
  onProgress?: ((detail: string) => void) | undefined;
}

/**
 * Every file of the machine that is newer than this is given this time, so that two builds of the same packages have
 * the same content. The day Debian 13 was released.
 */
export const sourceDateEpoch = 1_754_697_600;

/** Makes a root filesystem of Debian packages with mmdebstrap; `tidyRootfs` takes away what it leaves behind. */
export async function bootstrap(options: BootstrapOptions): Promise<void> {
  const settingsDir = `${options.rootfs}.settings`;
  await mkdir(settingsDir, { recursive: true });
  const keyringOf = await placeKeys(options.sources.foreignKeys, settingsDir);
  const sourcesFile = join(settingsDir, 'debian.sources');
  const aptConfig = join(settingsDir, 'apt.conf');
  await writeFile(sourcesFile, renderSources(options.sources.mirror, keyringOf));
  await writeFile(
    aptConfig,
    [...options.sources.apt.transport, ...options.sources.apt.validity, ''].join('\n'),
  );

  await runCommand({
    argv: [
      'mmdebstrap',
      ...mmdebstrapArguments({ ...options, aptConfig }),
      debianRelease,
      options.rootfs,
      sourcesFile,
    ],
    env: { SOURCE_DATE_EPOCH: String(sourceDateEpoch), LC_ALL: 'C.UTF-8', DEBIAN_FRONTEND: 'noninteractive' },
    signal: options.signal,
    onErrorLine: (line) => {
      const said = /^I: (.*?)(?:\.\.\.)?$/.exec(line)?.[1];
      if (said !== undefined && !/hook|skip/.test(said)) options.onProgress?.(said);
    },
  });
  await rm(settingsDir, { recursive: true });
}

export const archivesOf = (rootfs: string): string => join(rootfs, 'var/cache/apt/archives');

function mmdebstrapArguments(options: BootstrapOptions & { aptConfig: string }): string[] {
  const archives = '"$1"/var/cache/apt/archives';
  const cache = shellWord(options.cache.archives);
  const lists = shellWord(listsOf(options.cache.apt));
  return [
    '--mode=root',
    `--variant=${options.variant}`,
    ...options.packages.map((name) => `--include=${name}`),
    `--aptopt=${options.aptConfig}`,
    ...(options.dpkgSettings ?? []).map((setting) => `--dpkgopt=${setting}`),
    ...(options.setupHook === undefined ? [] : [`--setup-hook=${options.setupHook}`]),
    // Hard links: a package that is unlinked in the root filesystem stays in the cache, and the other way round.
    `--setup-hook=mkdir -p ${archives}; find ${cache} -name '*.deb' -exec ln -f -t ${archives} {} +`,
    `--setup-hook=mkdir -p "$1"/var/lib/apt/lists; cp -a ${lists}/. "$1"/var/lib/apt/lists/`,
    `--customize-hook=find ${archives} -name '*.deb' -exec ln -f -t ${cache} {} +`,
    '--skip=update,essential/unlink,download/empty',
    ...(options.customizeHook === undefined ? [] : [`--customize-hook=${options.customizeHook}`]),
  ];
}
