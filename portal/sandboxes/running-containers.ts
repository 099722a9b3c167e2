/** The containers that run in a learner's machine, and how they are brought back after it was started anew. */
import type { SandboxClient } from '../../sandbox-client/client.ts';
import { createObserver } from '../../sandbox-client/observer.ts';

export interface ContainersOptions {
  client: SandboxClient;
  sandboxId: string;
  signal: AbortSignal;
}

const maxContainers = 100;
const startTimeoutMs = 30_000;
const containerId = /^[0-9a-f]{64}$/;

/** Ids; none where Docker does not answer. What Docker says may be anything: only what has the form of an id is taken. */
export async function runningContainers({ client, sandboxId, signal }: ContainersOptions): Promise<string[]> {
  const answer = await createObserver({ client, sandboxId, signal }).docker('/containers/json', { signal });
  const list: unknown = answer.ok ? answer.value : null;
  if (!Array.isArray(list)) return [];
  const ids = list.map((one: unknown) => (one as { Id?: unknown } | null)?.Id);
  // Docker lists the newest first; those that others need are mostly older.
  return ids
    .filter((id): id is string => typeof id === 'string' && containerId.test(id))
    .slice(0, maxContainers)
    .toReversed();
}

/** Starts them again; returns how many do not run then, such as those made with `--rm`, which go when Docker ends. */
export async function startContainers(
  options: ContainersOptions & { containers: string[] },
): Promise<number> {
  const { client, sandboxId, containers, signal } = options;
  if (containers.length === 0) return 0;
  const argv = ['docker', 'start', ...containers];
  await client.exec(sandboxId, { argv, timeoutMs: startTimeoutMs }, { signal });
  const run = new Set(await runningContainers(options));
  return containers.filter((id) => !run.has(id)).length;
}
