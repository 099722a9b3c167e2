import { existsSync, readFileSync } from 'node:fs';
import type { Check } from '../check.ts';

/** What a machine is charged for one, about. */
const bytesPerOpenFile = 700;

interface Limit {
  base: number;
  each: number | ((machine: { memoryBytes: number }) => number);
}

/**
 * Limits of the kernel that all machines share: what one takes, the others lack. `each` is what a learner at work needs;
 * Docker idle needs far less. Where it is 0 the kernel counts by user, and each machine has one of its own.
 */
const limits: Record<string, Limit> = {
  // `tail -f` and file watchers take one each.
  'fs/inotify/max_user_instances': { base: 64, each: 0 },
  // Those with which the server follows files that exercises ask for are root's.
  'fs/inotify/max_user_watches': { base: 4_096, each: 128 },
  // Open files of the whole host. Nothing bounds a machine's number but its memory.
  'fs/file-max': { base: 20_000, each: ({ memoryBytes }) => Math.floor(memoryBytes / bytesPerOpenFile) },
  // A container takes one key.
  'kernel/keys/maxkeys': { base: 200, each: 0 },
  'kernel/pid_max': { base: 8_192, each: 120 },
  // Terminals, and those that `docker run -t` and `tmux` open; the base is what the kernel keeps for the host itself.
  'kernel/pty/max': { base: 1_024, each: 12 },
  // The gateways are root's; a machine's own, and one for each container, are the machine's, which has a number of its own.
  'user/max_net_namespaces': { base: 128, each: 1 },
  'user/max_user_namespaces': { base: 128, each: 0 },
};

interface LimitFacts {
  /** Of one machine. */
  memoryBytes: number;
  /** That the course may carry at once. */
  learners: number;
  /** By the path below /proc/sys; null for one that this kernel does not have. */
  values: Record<string, number | null>;
}

export const kernelLimitsCheck: Check<LimitFacts> = {
  name: 'kernel limits',
  needed: `enough for all machines together: ${Object.keys(limits).map(sysctlName).join(', ')}`,
  look: async ({ learners, memoryBytes }) => ({
    learners,
    memoryBytes,
    values: Object.fromEntries(
      Object.keys(limits).map((name) => {
        const file = `/proc/sys/${name}`;
        return [name, existsSync(file) ? Number(readFileSync(file, 'utf8')) : null];
      }),
    ),
  }),
  judge({ learners, memoryBytes, values }) {
    const leastOf = ({ base, each }: Limit): number =>
      base + learners * (typeof each === 'number' ? each : each({ memoryBytes }));
    const low = Object.entries(limits)
      .map(([name, limit]) => ({ name, found: values[name] ?? null, least: leastOf(limit) }))
      .filter(({ found, least }) => found !== null && found < least);
    if (low.length === 0) return { status: 'ok', found: `all are high enough for ${learners} machines` };
    const settings = low.map(({ name, least }) => `${sysctlName(name)}=${least}`);
    return {
      status: 'warn',
      found: `for ${learners} machines too low: ${low.map(({ name, found }) => `${sysctlName(name)} is ${found}`).join(', ')}`,
      mend: `sysctl -w ${settings.join(' ')} (for good: the same lines in /etc/sysctl.d/chrootcamp.conf); or fewer machines: capacity.most in config.yaml`,
    };
  },
};

function sysctlName(file: string): string {
  return file.replaceAll('/', '.');
}
