import { existsSync, readFileSync } from 'node:fs';
import type { Check } from '../check.ts';

/** What 30 learners with Docker need; each engine watches some files and holds some namespaces. */
const limits = {
  'fs/inotify/max_user_instances': 128,
  'fs/inotify/max_user_watches': 8_192,
  'kernel/pid_max': 32_768,
  'user/max_user_namespaces': 1_000,
  'user/max_net_namespaces': 1_000,
} as const;

type LimitFacts = Record<string, number | null>;

export const kernelLimitsCheck: Check<LimitFacts> = {
  name: 'kernel limits',
  needed: Object.entries(limits)
    .map(([name, least]) => `${sysctlName(name)} ${least}`)
    .join(', '),
  look: async () =>
    Object.fromEntries(
      Object.keys(limits).map((name) => {
        const file = `/proc/sys/${name}`;
        return [name, existsSync(file) ? Number(readFileSync(file, 'utf8')) : null];
      }),
    ),
  judge(facts) {
    const low = Object.entries(limits).filter(([name, least]) => (facts[name] ?? least) < least);
    if (low.length === 0) return { status: 'ok', found: 'all are high enough' };
    return {
      status: 'warn',
      found: low.map(([name]) => `${sysctlName(name)} is ${facts[name]}`).join(', '),
      mend: `sysctl -w ${low.map(([name, least]) => `${sysctlName(name)}=${least}`).join(' ')}`,
    };
  },
};

function sysctlName(file: string): string {
  return file.replaceAll('/', '.');
}
