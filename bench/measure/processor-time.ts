import { readFileSync } from 'node:fs';

/** Ticks of /proc are of 10 ms on every Linux that matters here (sysconf(_SC_CLK_TCK) is 100). */
const tickMs = 10;

/** User and system time of a process so far, its children left out; milliseconds. */
export function processorTimeMs(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  // The name in parentheses may hold anything.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * tickMs;
}
