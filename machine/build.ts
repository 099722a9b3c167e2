import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { takeBuildLock } from './build-lock.ts';
import { type BuiltImage, type BuildRecord, readRecord, writeRecord } from './build-record.ts';
import { type BuildEvent, BuildSteps } from './build-step.ts';
import { fetchLists, type PackageCache } from './debian/package-lists.ts';
import { type ExpectedMachine, expectedMachine } from './expected-machine.ts';
import { buildImages } from './images/build-images.ts';
import { type MachinePaths, machinePaths } from './machine-paths.ts';
import { buildAtomically, exists, removePartialBuilds } from './partial-builds.ts';
import { fillRegistry } from './registry/fill-registry.ts';
import { type PackageSources, readPackageSources } from './sources/package-sources.ts';
import { buildTree } from './tree/build-tree.ts';

export interface BuildOptions {
  /** Everything built lies under it; made where it does not exist. */
  machineDir: string;
  onStep?: (event: BuildEvent) => void;
  /** Ends the build; what is finished stays, the rest is done at the next build. */
  signal?: AbortSignal;
  /** Build everything anew. */
  force?: boolean;
}

export interface BuiltMachine {
  /** Of the tree's recipe. */
  hash: string;
  /** The root filesystem of a sandbox. */
  treePath: string;
  /** The filesystem store for docker-registry. */
  registryRoot: string;
  images: BuiltImage[];
}

/**
 * Builds what is missing or out of date of the tree, the course images and the registry store; takes milliseconds when
 * nothing is. Needs root. Throws BUILD_FAILED with the words of the program that failed, ALREADY_RUNNING while another
 * process builds here, HOST_UNSUITABLE without a Debian mirror, and the signal's reason when aborted.
 */
export async function buildMachine(options: BuildOptions): Promise<BuiltMachine> {
  const { force = false, machineDir } = options;
  const paths = machinePaths(machineDir);
  const sources = await readPackageSources();
  const expected = await expectedMachine(sources);
  const record = await readRecord(machineDir);
  if (!force && record !== null && (await isCurrent(paths, expected, record))) {
    options.onStep?.({ step: 'machine', state: 'skipped', detail: 'up to date' });
    return builtMachine(paths, record);
  }

  await mkdir(machineDir, { recursive: true });
  await using _lock = await takeBuildLock(paths.lock);
  await removePartialBuilds(paths);
  await mkdir(paths.trees, { recursive: true });
  await chmod(paths.trees, 0o700);

  const steps = new BuildSteps(options);
  const cache = paths.packages;
  await steps.run('package lists', () => fetchLists({ cache, sources, signal: steps.signal }));
  const shared = { sources, cache, force, steps };
  const [, images] = await steps.all([
    buildMissingTree({ ...shared, treeDir: join(paths.trees, expected.hash) }),
    buildImages({ ...shared, imagesDir: paths.images, expected: expected.images }),
  ]);
  const registry = { root: paths.registry, images, signal: steps.signal };
  const finished: BuildRecord = {
    recipes: expected,
    images: await steps.run('registry', () => fillRegistry(registry)),
  };
  await writeRecord(machineDir, finished);
  return builtMachine(paths, finished);
}

async function buildMissingTree(options: {
  treeDir: string;
  force: boolean;
  steps: BuildSteps;
  sources: PackageSources;
  cache: PackageCache;
}): Promise<void> {
  const { cache, force, sources, steps, treeDir } = options;
  if (!force && (await exists(treeDir))) return steps.skip('machine tree');
  await steps.run('machine tree', (onProgress) =>
    buildAtomically(treeDir, (directory) =>
      buildTree({ rootfs: join(directory, 'rootfs'), sources, cache, signal: steps.signal, onProgress }),
    ),
  );
}

/** The record tells of exactly these recipes, and nobody has removed what it tells of. */
async function isCurrent(
  paths: MachinePaths,
  expected: ExpectedMachine,
  record: BuildRecord,
): Promise<boolean> {
  if (JSON.stringify(record.recipes) !== JSON.stringify(expected)) return false;
  return (await exists(treePath(paths, expected.hash))) && (await exists(paths.registry));
}

function builtMachine(paths: MachinePaths, record: BuildRecord): BuiltMachine {
  const { hash } = record.recipes;
  return { hash, treePath: treePath(paths, hash), registryRoot: paths.registry, images: record.images };
}

function treePath(paths: MachinePaths, hash: string): string {
  return join(paths.trees, hash, 'rootfs');
}
