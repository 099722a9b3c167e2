import type { Writable } from 'node:stream';
import { elapsedWords } from './step.ts';
import type { ShowSteps } from './run-steps.ts';

/** One line for each thing that happens, for logs. Never rejects: whoever made the steps keeps their errors. */
export function plainProgress(stream: Writable): ShowSteps {
  return async (steps, signal) => {
    await Promise.all(
      steps.map(async (step) => {
        const startedAt = performance.now();
        const line = (mark: string, words: string) => {
          const elapsed = elapsedWords(performance.now() - startedAt);
          stream.write(`${mark} ${step.title}${words} (${elapsed})\n`);
        };
        stream.write(`> ${step.title}\n`);
        try {
          await step.run({ onStep: (words) => line(' ', `: ${words}`), signal });
          line('+', ', done');
        } catch {
          line('x', signal.aborted ? ', ended' : ', failed');
        }
      }),
    );
  };
}
