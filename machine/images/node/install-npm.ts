import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CodedError } from '../../../protocol/errors.ts';
import { runCommand } from '../../run-command.ts';

/** The npm that goes with Node.js 20; Debian's own package of it would add some 300 others. */
const npmPackage = {
  name: 'npm',
  version: '10.8.2',
  integrity:
    'sha512-x/AIjFIKRllrhcb48dqUNAAZl0ig9+qMuN91RpZo3Cb2+zuibfh+KISl6+kVVyktDz230JKc208UkQwwMqyB+w==',
};

export interface NpmOptions {
  rootfs: string;
  workDir: string;
  /** The registry it is fetched from and then uses by default. */
  registry: string;
  signal?: AbortSignal | undefined;
}

/** Installs npm and npx under /usr/local. Throws BUILD_FAILED when the registry's package is not the one expected. */
export async function installNpm(options: NpmOptions): Promise<void> {
  const { registry, rootfs, signal, workDir } = options;
  const { integrity, name, version } = npmPackage;
  const packed = await runCommand({
    argv: [
      'npm',
      'pack',
      `${name}@${version}`,
      '--json',
      `--registry=${registry}`,
      `--pack-destination=${workDir}`,
    ],
    cwd: workDir,
    signal,
  });
  const [archive] = JSON.parse(packed) as { filename: string; integrity: string }[];
  if (archive?.integrity !== integrity) {
    const found = archive?.integrity ?? 'nothing';
    throw new CodedError(
      'BUILD_FAILED',
      `The npm registry served ${name} ${version} as ${found}; expected ${integrity}.`,
    );
  }
  const home = join(rootfs, 'usr/local/lib/node_modules/npm');
  await mkdir(home, { recursive: true });
  const archivePath = join(workDir, archive.filename);
  await runCommand({
    argv: [
      'tar',
      '--extract',
      '--gzip',
      '--no-same-owner',
      '--strip-components=1',
      `--file=${archivePath}`,
      '-C',
      home,
    ],
    signal,
  });
  for (const manual of ['docs', 'man']) await rm(join(home, manual), { recursive: true, force: true });
  for (const command of ['npm', 'npx']) {
    await symlink(`../lib/node_modules/npm/bin/${command}-cli.js`, join(rootfs, 'usr/local/bin', command));
  }
  // Node.js itself is under /usr, which is Debian's; what npm installs globally belongs under /usr/local.
  await writeFile(join(home, 'npmrc'), 'prefix=/usr/local\n');
  await mkdir(join(rootfs, 'usr/local/etc'), { recursive: true });
  await writeFile(join(rootfs, 'usr/local/etc/npmrc'), `registry=${registry}/\nupdate-notifier=false\n`);
}
