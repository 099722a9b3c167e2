/** From a bare computer to a course that answers. */
import type { FileLock } from '../host/file-lock.ts';
import type { CourseSource } from '../host/course-source.ts';
import { clearRuntime, mountsBelow } from '../host/instance/clear-runtime.ts';
import type { Layout } from '../host/layout.ts';
import { identifyProcess } from '../host/process-identity.ts';
import { runSteps } from '../host/progress/run-steps.ts';
import { askToStop } from '../host/supervisor/control.ts';
import { startDetached } from '../host/supervisor/detached.ts';
import { endLeftovers } from '../host/supervisor/leftovers.ts';
import { urlOf } from '../host/supervisor/plan.ts';
import type { CoursePlan } from '../host/supervisor/plan.ts';
import { writeRecord } from '../host/supervisor/record.ts';
import { Supervisor } from '../host/supervisor/supervisor.ts';
import type { CourseConfig } from '../protocol/course-config.ts';
import { waitHealthy } from '../host/wait-healthy.ts';
import { prepareCourse } from './course-plan.ts';

export interface BringUpOptions {
  layout: Layout;
  config: CourseConfig;
  course: CourseSource;
  /** The instance's; a detached supervisor is given it as well. */
  lock: FileLock;
  host: string;
  port: number;
  dev: boolean;
  detach: boolean;
  signal: AbortSignal;
}

/** The first machine with Docker in it must come up before a learner could be served. */
const healthyTimeoutMs = 120_000;

/**
 * Resolves when a learner could be served: with the supervisor, or with null when it is a process of its own. Where it
 * rejects nothing of it runs.
 */
export async function bringUp(options: BringUpOptions): Promise<Supervisor | null> {
  const { layout, host, port, signal } = options;
  try {
    for (const name of await endLeftovers(layout))
      process.stdout.write(`Ended the ${name} of a killed course.\n`);
    writeRecord(layout, {
      phase: 'setting-up',
      supervisor: identifyProcess(process.pid)!,
      since: new Date().toISOString(),
      address: { url: urlOf({ host, port }), host, port },
      processes: [],
    });
    const plan = await prepareCourse(options);
    let supervisor: Supervisor | null = null;
    const run = async (context: { onStep: (words: string) => void; signal: AbortSignal }) => {
      supervisor = await startProcesses(plan, options);
      try {
        await waitHealthy({ url: plan.url, timeoutMs: healthyTimeoutMs, ...context });
      } catch (error) {
        await (supervisor ? supervisor.stop() : askToStop(layout));
        throw error;
      }
    };
    await runSteps([{ title: 'The course', run }], { signal });
    return supervisor;
  } catch (error) {
    // Machines of an earlier, killed course may still run, and what they are mounted on must stay.
    if (mountsBelow(layout.runtimeDir).length === 0) clearRuntime(layout.runtimeDir);
    throw error;
  }
}

async function startProcesses(
  plan: CoursePlan,
  { lock, detach, signal }: BringUpOptions,
): Promise<Supervisor | null> {
  if (!detach) return Supervisor.start(plan, { signal });
  await startDetached({ plan, lock, signal });
  return null;
}
