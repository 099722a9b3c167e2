/** The product as a disk for the guest: sources, the packages they load, Node. Made anew for every run. */
import { cp, mkdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { repositoryRoot } from '../../../host/repository.ts';
import { exists } from '../../../machine/partial-builds.ts';
import { makeDiskImage } from './disk-image.ts';

const sources = [
  'package.json',
  'host',
  'protocol',
  'sandbox-server',
  'sandbox-client',
  'tests/cgroup2',
  'tests/escape',
  'tests/read-terminal.ts',
  'tests/sandbox/leftovers.ts',
];

/** What the sources import by name, and Node itself. */
const roots = ['dns-packet', 'koffi', 'node', 'node-pty', 'pino', 'ws', 'zod'];

const notNeeded = new Set(['third_party', 'README.md', 'CHANGELOG.md']);

/** Names of packages and of all they depend on, as far as they are installed at the top of node_modules. */
async function closure(names: string[]): Promise<Set<string>> {
  const found = new Set<string>();
  const pending = [...names];
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    const manifest = join(repositoryRoot, 'node_modules', name, 'package.json');
    if (found.has(name) || !(await exists(manifest))) continue;
    found.add(name);
    const { dependencies = {}, optionalDependencies = {} } = JSON.parse(
      await readFile(manifest, 'utf8'),
    ) as Record<string, Record<string, string>>;
    pending.push(...Object.keys(dependencies), ...Object.keys(optionalDependencies));
  }
  return found;
}

/** `product.img` in `directory`, which must be empty. Needs root. */
export async function buildProductDisk(options: { directory: string; signal: AbortSignal }): Promise<string> {
  const { directory, signal } = options;
  const tree = join(directory, 'product');
  const packages = [...(await closure(roots))].map((name) => join('node_modules', name));
  for (const path of [...sources, ...packages]) {
    await mkdir(join(tree, path, '..'), { recursive: true });
    await cp(join(repositoryRoot, path), join(tree, path), {
      recursive: true,
      filter: (source) => !notNeeded.has(basename(source)),
    });
  }
  const image = join(directory, 'product.img');
  await makeDiskImage({ directory: tree, image, roomBytes: 0, signal });
  return image;
}
