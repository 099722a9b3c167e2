import type { Footprint, SandboxLooks } from '../engine.ts';

/** Looked into at most: a mean needs no more, and each look reads every process's memory map. */
const mostLookedInto = 10;

/** What one of these sandboxes costs on the average; null without any. */
export async function meanFootprint(
  looks: Pick<SandboxLooks, 'footprint'>,
  ids: readonly string[],
): Promise<(Footprint & { sampled: number }) | null> {
  const taken = await Promise.allSettled(ids.slice(0, mostLookedInto).map((id) => looks.footprint(id)));
  // One that ends meanwhile is left out.
  const found = taken.filter((look) => look.status === 'fulfilled').map(({ value }) => value);
  if (found.length === 0) return null;
  const mean = (of: (one: Footprint) => number): number =>
    Math.round(found.reduce((total, one) => total + of(one), 0) / found.length);
  return {
    sampled: found.length,
    memoryBytes: mean((one) => one.memoryBytes),
    diskBytes: mean((one) => one.diskBytes),
    processes: mean((one) => one.processes),
    threads: mean((one) => one.threads),
  };
}
