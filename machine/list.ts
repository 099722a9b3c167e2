import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readRecord } from './build-record.ts';
import { diskUsage } from './disk-usage.ts';
import { machinePaths, partialSuffix, replacedInfix } from './machine-paths.ts';
import { namesIn } from './partial-builds.ts';

/** Something that was built, or begun. */
export interface MachineEntry {
  kind: 'tree' | 'image';
  /** `finished`, or `interrupted`: of no use; or `replaced`: a forced build put another in its place. */
  state: 'finished' | 'interrupted' | 'replaced';
  /** Of an image: its name. */
  name?: string;
  hash: string;
  path: string;
  /** Part of the last finished build. */
  current: boolean;
  /** ISO 8601. */
  builtAt: string;
  sizeBytes: number;
}

/** Everything under the directory, trees first. Of trees and images that nothing uses `pruneMachines` frees the disk. */
export async function listMachines(options: { machineDir: string }): Promise<MachineEntry[]> {
  const paths = machinePaths(options.machineDir);
  const recipes = (await readRecord(options.machineDir))?.recipes;
  const entries: MachineEntry[] = [];
  for (const fileName of await namesIn(paths.trees)) {
    const entry = await describe(join(paths.trees, fileName), fileName);
    entries.push({
      kind: 'tree',
      ...entry,
      current: entry.state === 'finished' && entry.hash === recipes?.hash,
    });
  }
  for (const name of await namesIn(paths.images)) {
    const current = recipes?.images.find((image) => image.name === name)?.hash;
    for (const fileName of await namesIn(join(paths.images, name))) {
      const entry = await describe(join(paths.images, name, fileName), fileName);
      entries.push({
        kind: 'image',
        name,
        ...entry,
        current: entry.state === 'finished' && entry.hash === current,
      });
    }
  }
  return entries;
}

async function describe(
  path: string,
  fileName: string,
): Promise<Pick<MachineEntry, 'state' | 'hash' | 'path' | 'builtAt' | 'sizeBytes'>> {
  const state = fileName.endsWith(partialSuffix)
    ? 'interrupted'
    : fileName.includes(replacedInfix)
      ? 'replaced'
      : 'finished';
  const builtAt = (await stat(path)).mtime.toISOString();
  return { state, hash: fileName.split('.', 1)[0] ?? '', path, builtAt, sizeBytes: await diskUsage(path) };
}
