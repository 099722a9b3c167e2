import type { Writable } from 'node:stream';
import { elapsedWords } from '../../host/progress/step.ts';
import { HeldOutput } from './held-output.ts';
import type { Count, Stage } from './stage.ts';

/**
 * Runs stages one after another, neighbours that may at once, and stops where one failed, naming those that did not run.
 * The last line is `N passed, N failed`. Resolves with the exit status.
 */
export async function runStages(
  stages: readonly Stage[],
  { signal, output }: { signal: AbortSignal; output: Writable },
): Promise<number> {
  const total: Count = { passed: 0, failed: 0 };
  const batches = inBatches(stages);
  for (const [index, batch] of batches.entries()) {
    const counts =
      batch.length === 1
        ? [await runStage(batch[0]!, { signal, output })]
        : await runAtOnce(batch, { signal, output });
    signal.throwIfAborted();
    for (const { passed, failed } of counts) {
      total.passed += passed;
      total.failed += failed;
    }
    if (total.failed === 0) continue;
    const rest = batches.slice(index + 1).flat();
    if (rest.length > 0) output.write(`Not run: ${rest.map(({ name }) => name).join(', ')}\n`);
    break;
  }
  output.write(`\n${total.passed} passed, ${total.failed} failed\n`);
  return total.failed === 0 ? 0 : 1;
}

/** Those that were named, or all. Null where a name is unknown. */
export function chooseStages(stages: readonly Stage[], names: readonly string[]): Stage[] | null {
  if (names.some((name) => !stages.some((stage) => stage.name === name))) return null;
  return stages.filter(({ name }) => names.length === 0 || names.includes(name));
}

/** Each stage by itself, but neighbours that run beside others together. */
function inBatches(stages: readonly Stage[]): Stage[][] {
  const batches: Stage[][] = [];
  for (const stage of stages) {
    const last = batches.at(-1);
    if (stage.runsBesideOthers && last?.[0]?.runsBesideOthers) last.push(stage);
    else batches.push([stage]);
  }
  return batches;
}

interface StageOutput {
  signal: AbortSignal;
  output: Writable;
  /** Where the stage's own words go, when they are kept from the terminal. */
  own?: Writable;
}

async function runStage(stage: Stage, { signal, output, own }: StageOutput): Promise<Count> {
  const startedAt = performance.now();
  output.write(`\n== ${stage.name}\n`);
  const count = await stage.run(signal, own);
  const words = count.failed === 0 ? 'passed' : 'FAILED';
  if (!signal.aborted)
    output.write(`== ${stage.name}: ${words} (${elapsedWords(performance.now() - startedAt)})\n`);
  return count;
}

/** All of them to their end, also where one fails. What each says stands together, in the stages' own order. */
async function runAtOnce(
  stages: readonly Stage[],
  { signal, output }: { signal: AbortSignal; output: Writable },
): Promise<Count[]> {
  const runs = stages.map((stage) => {
    const held = new HeldOutput();
    return { held, count: runStage(stage, { signal, output: held, own: held }) };
  });
  const settled = Promise.allSettled(runs.map(({ count }) => count));
  const counts: Count[] = [];
  try {
    for (const { held, count } of runs) {
      counts.push(await count);
      output.write(held.text);
    }
  } finally {
    // Where one could not be run at all, the others end before that is told.
    await settled;
  }
  return counts;
}
