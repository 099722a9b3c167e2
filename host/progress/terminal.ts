import { Listr, PRESET_TIMER } from 'listr2';
import type { ShowSteps } from './run-steps.ts';

/** Redrawn in place. Never rejects: whoever made the steps keeps their errors. */
export const terminalProgress: ShowSteps = async (steps, signal) => {
  const tasks = steps.map((step) => ({
    title: step.title,
    task: async (_: unknown, task: { output: string }) => {
      await step.run({ onStep: (words) => (task.output = words), signal });
    },
  }));
  await new Listr(tasks, {
    concurrent: true,
    exitOnError: false,
    // Signals are the command's own business: it must end what it started.
    registerSignalListeners: false,
    rendererOptions: { timer: PRESET_TIMER, showErrorMessage: false, collapseErrors: false },
  }).run();
};
