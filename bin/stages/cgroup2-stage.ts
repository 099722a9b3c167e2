import { runNode } from './program-stage.ts';
import { oneFailed, onePassed } from './stage.ts';
import type { Stage } from './stage.ts';

/** The engine on cgroup v2, in a virtual machine: what of it takes a few minutes. `npm run test:cgroup2` has all. */
export const cgroup2Stage: Stage = {
  name: 'cgroup2',
  async run(signal) {
    const program = ['tests/cgroup2/run.ts', '--smaller'];
    return (await runNode(program, { signal, asOwner: false })) ? onePassed : oneFailed;
  },
};
