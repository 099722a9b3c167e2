import { runNode } from './program-stage.ts';
import { oneFailed, onePassed } from './stage.ts';
import type { Stage } from './stage.ts';

/** A form of the proof, and what `course verify` is given for it. */
export interface Proof {
  name: string;
  options: readonly string[];
}

/**
 * What is proven of the course. The exercises' scripts and the lessons' commands always are, all of them: that takes a
 * minute or two. The solutions' changes take as long again for every ten exercises, so that what was proven before and
 * has not changed since, nor the code that proves it, is passed over. A computer that remembers nothing (a fresh one of
 * CI's) changes every solution, unless `since` names the revision that was proven last.
 */
export function proofsOf({ since }: { since: string | undefined }): Proof[] {
  return [
    { name: 'prose', options: ['--prose'] },
    { name: 'verify', options: [] },
    {
      name: 'mutations',
      options: ['--mutations', '--resume', ...(since === undefined ? [] : ['--changed', since])],
    },
  ];
}

/** `dataDir`: where the machine is, and where is written down what was proven. */
export function proofStages(options: { dataDir: string; since: string | undefined }): Stage[] {
  return proofsOf(options).map((proof) => ({
    name: proof.name,
    async run(signal) {
      const program = ['bin/chrootcamp.ts', 'course', 'verify', ...proof.options, '--data', options.dataDir];
      return (await runNode(program, { signal, asOwner: false })) ? onePassed : oneFailed;
    },
  }));
}
