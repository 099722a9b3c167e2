import { readFileSync } from 'node:fs';

/** A sandbox may hold as many open files as the busiest servers ask for, where the host allows that many. */
const wanted = 1_048_576;

/** The hard limit sandboxes get: never above the host's own, which could not be granted. */
export function hardOpenFilesLimit(limits = readFileSync('/proc/self/limits', 'utf8')): number {
  const hard = /^Max open files\s+\S+\s+(\S+)/m.exec(limits)?.[1];
  return hard === undefined || hard === 'unlimited' ? wanted : Math.min(wanted, Number(hard));
}
