import type { Writable } from 'node:stream';
import { elapsedWords } from '../../host/progress/step.ts';
import type { Count, Stage } from './stage.ts';

/**
 * Runs stages one after another and stops at the first that fails, naming those that did not run. The last line is
 * `N passed, N failed`. Resolves with the exit status.
 */
export async function runStages(
  stages: readonly Stage[],
  { signal, output }: { signal: AbortSignal; output: Writable },
): Promise<number> {
  const total: Count = { passed: 0, failed: 0 };
  for (const [index, stage] of stages.entries()) {
    const startedAt = performance.now();
    output.write(`\n== ${stage.name}\n`);
    const count = await stage.run(signal);
    signal.throwIfAborted();
    total.passed += count.passed;
    total.failed += count.failed;
    const words = count.failed === 0 ? 'passed' : 'FAILED';
    output.write(`== ${stage.name}: ${words} (${elapsedWords(performance.now() - startedAt)})\n`);
    if (count.failed === 0) continue;
    const rest = stages.slice(index + 1).map(({ name }) => name);
    if (rest.length > 0) output.write(`Not run: ${rest.join(', ')}\n`);
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
