import type { Check } from '../check.ts';

export const nodeCheck: Check<{ version: string }> = {
  name: 'Node.js',
  needed: 'Node.js 26, which npm ci brings',
  look: async () => ({ version: process.versions.node }),
  judge: ({ version }) =>
    Number.parseInt(version, 10) >= 26
      ? { status: 'ok', found: version }
      : { status: 'fail', found: version, mend: 'Run it by bin/chrootcamp, or: npm ci' },
};
