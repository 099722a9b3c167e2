import type { Check } from '../check.ts';
import { attempt } from '../attempt.ts';

export const rootCheck: Check<{ uid: number; sudo: boolean }> = {
  name: 'root',
  needed: 'root, because machines are made of namespaces, mounts and cgroups',
  look: async () => ({ uid: process.getuid!(), sudo: (await attempt('sudo', ['--version'])).ok }),
  judge({ uid, sudo }) {
    if (uid === 0) return { status: 'ok', found: 'root' };
    const mend = 'sudo bin/chrootcamp doctor, to see all of this table';
    if (sudo) return { status: 'warn', found: `user id ${uid}; chrootcamp start will ask for sudo`, mend };
    return { status: 'fail', found: `user id ${uid}, and no sudo`, mend: 'Run it as root' };
  },
};
