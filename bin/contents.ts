/** Every subcommand. Each is loaded only when it is run: the summaries are here for the list. */
import type { Command } from './command.ts';

export interface Entry {
  /** As typed: `machine build`. */
  name: string;
  summary: string;
  load(): Promise<{ command: Command }>;
}

export const contents: readonly Entry[] = [
  {
    name: 'start',
    summary: 'set up what is missing, and run the course',
    load: () => import('./commands/start.ts'),
  },
  {
    name: 'status',
    summary: 'say whether the course runs, where, and how it is',
    load: () => import('./commands/status.ts'),
  },
  {
    name: 'stop',
    summary: 'stop the course; what learners made is kept',
    load: () => import('./commands/stop.ts'),
  },
  {
    name: 'doctor',
    summary: 'say what this computer offers and lacks, and the mend',
    load: () => import('./commands/doctor.ts'),
  },
  {
    name: 'machine build',
    summary: 'build the machine’s tree and the course images',
    load: () => import('./commands/machine-build.ts'),
  },
  {
    name: 'machine list',
    summary: 'list what has been built',
    load: () => import('./commands/machine-list.ts'),
  },
  {
    name: 'machine prune',
    summary: 'delete what was built and is no longer used',
    load: () => import('./commands/machine-prune.ts'),
  },
  {
    name: 'sandbox run',
    summary: 'run a command in a throwaway machine',
    load: () => import('./commands/sandbox-run.ts'),
  },
  {
    name: 'sandbox list',
    summary: 'list the machines of the running course',
    load: () => import('./commands/sandbox-list.ts'),
  },
  {
    name: 'sandbox stop',
    summary: 'stop a machine; its disk is kept',
    load: () => import('./commands/sandbox-stop.ts'),
  },
  {
    name: 'sandbox enter',
    summary: 'open a terminal in a machine',
    load: () => import('./commands/sandbox-enter.ts'),
  },
  {
    name: 'capacity',
    summary: 'say how many learners this computer carries, and what bounds it',
    load: () => import('./commands/capacity.ts'),
  },
  {
    name: 'pool set',
    summary: 'keep so many machines ready',
    load: () => import('./commands/pool-set.ts'),
  },
  {
    name: 'pool',
    summary: 'say how many machines stand ready',
    load: () => import('./commands/pool.ts'),
  },
  {
    name: 'course list',
    summary: 'list modules, lessons and exercises',
    load: () => import('./commands/course-list.ts'),
  },
  {
    name: 'course verify',
    summary: 'prove that exercises judge rightly, or that lessons work as written',
    load: () => import('./commands/course-verify.ts'),
  },
  {
    name: 'course new',
    summary: 'write the start of a module, a lesson or an exercise',
    load: () => import('./commands/course-new.ts'),
  },
  {
    name: 'course import',
    summary: 'make the start of a lesson from a Killercoda or Katacoda scenario',
    load: () => import('./commands/course-import.ts'),
  },
  {
    name: 'course schema',
    summary: 'write the schemas by which editors complete and check a course',
    load: () => import('./commands/course-schema.ts'),
  },
  {
    name: 'results export',
    summary: 'write out what learners have done, as CSV or JSON',
    load: () => import('./commands/results-export.ts'),
  },
  {
    name: 'results replay',
    summary: 'show what happened in one exercise of a learner, step by step',
    load: () => import('./commands/results-replay.ts'),
  },
  { name: 'bench', summary: 'measure', load: () => import('./commands/bench.ts') },
];
