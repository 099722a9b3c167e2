/** What people use instead, measured in the same run and on the same tree as ours. */
import { join } from 'node:path';
import type { BenchContext, BenchFigure } from '../../bin/bench-module.ts';
import { buildMachine } from '../../machine/build.ts';
import { fetchRivalTree, findRivalTree } from '../rivals/debian-tree.ts';
import type { Contender } from './contender.ts';
import { docker } from './docker.ts';
import { incus } from './incus.ts';
import { podman } from './podman.ts';
import { RivalHost } from './rival-host.ts';
import { rivalContender, type Rival } from './rival.ts';

const rivals: Rival[] = [docker, podman, incus];

/** One after the other, where they are fetched; what could not be measured is told in a note. */
export async function measureRivals(
  context: BenchContext,
  measure: (rival: Contender) => Promise<BenchFigure[]>,
): Promise<BenchFigure[]> {
  const { layout, fetchRivals, onStep, onNote, signal } = context;
  const { treePath } = await buildMachine({ machineDir: layout.machineDir });
  const directory = join(layout.dataDir, 'bench-rivals');
  const rivalTree = fetchRivals
    ? await fetchRivalTree({ directory, onStep, signal })
    : await findRivalTree(directory);
  if (rivalTree === null) {
    onNote('docker, podman and incus are not here; to fetch them once and measure them as well: --rivals');
    return [];
  }
  const figures: BenchFigure[] = [];
  for (const rival of rivals) {
    signal.throwIfAborted();
    onStep(`${rival.name}, an image of the tree`);
    try {
      await using host = await RivalHost.start({ rivalTree, treePath, directory, signal });
      figures.push(...(await measure(await rivalContender(rival, host))));
    } catch (error) {
      signal.throwIfAborted();
      onNote(`${rival.name}: it could not be measured here: ${(error as Error).message}`);
    }
  }
  return figures;
}
