/** What people use instead, where it is installed. */
import type { BenchContext, BenchFigure } from '../../bin/bench-module.ts';
import { buildMachine } from '../../machine/build.ts';
import { isAbsent, type Contender } from './contender.ts';
import { docker } from './docker.ts';
import { podman } from './podman.ts';

const rivals = [docker, podman];

/** Measures one after the other, on the same tree as ours; what is absent or fails is told in a note. */
export async function measureRivals(
  context: BenchContext,
  measure: (rival: Contender) => Promise<BenchFigure[]>,
): Promise<BenchFigure[]> {
  const { layout, signal, onNote } = context;
  const { treePath } = await buildMachine({ machineDir: layout.machineDir });
  const figures: BenchFigure[] = [];
  for (const open of rivals) {
    signal.throwIfAborted();
    const rival = await open({ treePath, signal });
    if (isAbsent(rival)) {
      onNote(`${rival.name}: ${rival.absent}`);
      continue;
    }
    await using _ = rival;
    try {
      figures.push(...(await measure(rival)));
    } catch (error) {
      signal.throwIfAborted();
      onNote(`${rival.name}: it could not be measured here: ${(error as Error).message}`);
    }
  }
  return figures;
}
