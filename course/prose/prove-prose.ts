import type { CourseLesson } from '../course.ts';
import type { VerifyClient } from '../verify/fresh-machine.ts';
import { runPool } from '../verify/pool.ts';
import type { ProofMemory } from '../verify/proof.ts';
import { defaultLimits, type TrialLimits } from '../verify/run-trial.ts';
import type { ProseProof } from './prose-proof.ts';
import { proveLesson } from './prove-lesson.ts';
import type { TerminalClient } from './terminal.ts';

export interface ProveProse {
  client: VerifyClient & TerminalClient;
  lessons: readonly CourseLesson[];
  /** Machines at once. Default 2. */
  jobs?: number;
  limits?: Partial<TrialLimits>;
  /** What it remembers is not proven again. */
  memory?: ProofMemory;
  onProven?: (proof: ProseProof, progress: { done: number; total: number }) => void;
  signal?: AbortSignal;
}

/** Types the commands of every lesson, each lesson in a fresh machine; see `proveLesson`. Leaves no machine behind. */
export async function proveProse(options: ProveProse): Promise<ProseProof[]> {
  const { client, lessons, memory, onProven, jobs = 2 } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const signal = options.signal ?? new AbortController().signal;
  let done = 0;
  const tasks = lessons.map((lesson) => async (taskSignal: AbortSignal) => {
    const recalled = (await memory?.recall(lesson, 'prose')) ?? null;
    const proof: ProseProof =
      recalled === null
        ? await proveLesson({ client, lesson, limits, signal: taskSignal })
        : { ...recalled, recalled: true };
    if (recalled === null && proof.ok) await memory?.keep(lesson, 'prose', proof);
    done += 1;
    onProven?.(proof, { done, total: lessons.length });
    return proof;
  });
  return runPool(tasks, { jobs, signal });
}
