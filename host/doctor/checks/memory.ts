import { readFileSync } from 'node:fs';
import type { Check } from '../check.ts';

const gigabyte = 1024 ** 3;

export const memoryCheck: Check<{ availableBytes: number }> = {
  name: 'memory',
  needed: '2 GB available, for the course and a few learners; about 45 MB for each one more',
  look: async () => {
    const kilobytes = /^MemAvailable:\s+(\d+) kB$/m.exec(readFileSync('/proc/meminfo', 'utf8'))?.[1];
    return { availableBytes: Number(kilobytes) * 1024 };
  },
  judge({ availableBytes }) {
    const found = `${(availableBytes / gigabyte).toFixed(1)} GB available`;
    if (availableBytes >= 2 * gigabyte) return { status: 'ok', found };
    const mend = 'End other programs, or use a computer with more memory';
    return { status: availableBytes >= gigabyte / 2 ? 'warn' : 'fail', found, mend };
  },
};
