/** The table of `chrootcamp sandbox list`. */
import type { SandboxView } from '../protocol/sandbox-api.ts';
import type { SandboxUsage } from '../protocol/usage.ts';
import { durationText } from './duration-text.ts';

export interface ListedSandbox extends SandboxView {
  /** Null where it does not run. */
  usage: SandboxUsage | null;
}

const heading = ['ID', 'STATUS', 'DOCKER', 'AGE', 'IDLE', 'TIME LEFT', 'MEMORY', 'DISK'];

/** A dash stands for what is not known: the portal has not told it yet, or nobody can know it. */
export function sandboxRows(sandboxes: readonly ListedSandbox[], nowMs: number): string[][] {
  const since = (iso: string | null | undefined) => (iso ? durationText(nowMs - Date.parse(iso)) : '-');
  const until = (iso: string | null | undefined) => (iso ? durationText(Date.parse(iso) - nowMs) : '-');
  const rows = sandboxes.map(({ id, status, docker, createdAt, plan, usage }) => [
    id,
    status,
    docker,
    since(createdAt),
    since(plan?.activeAt),
    plan?.removedAt ? `${until(plan.removedAt)} kept` : until(plan?.stopsAt),
    usage ? share(usage.memoryBytes, usage.memoryLimitBytes) : '-',
    usage ? share(usage.diskUsedBytes, usage.diskBytes) : '-',
  ]);
  return [heading, ...rows];
}

function share(used: number, whole: number): string {
  return `${Math.round(used / 1e6)} of ${Math.round(whole / 1e6)} MB`;
}
