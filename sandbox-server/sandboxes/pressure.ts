/** Whether the host is busy enough that what nobody waits for should wait (Documentation/accounting/psi.rst). */
import { readFile } from 'node:fs/promises';
import os from 'node:os';

/** Percent of the last ten seconds in which somebody waited for it. */
const mostPercent = { cpu: 50, memory: 10, io: 50 } as const;
/** Where the kernel does not tell: waiting and running tasks per core. */
const mostLoadPerCore = 1.5;

export function readSomePercent(text: string): number {
  return Number(/^some avg10=([\d.]+)/m.exec(text)?.[1] ?? 0);
}

export async function isHostBusy(): Promise<boolean> {
  try {
    const kinds = Object.entries(mostPercent);
    const waits = await Promise.all(
      kinds.map(async ([kind, most]) => {
        return readSomePercent(await readFile(`/proc/pressure/${kind}`, 'latin1')) > most;
      }),
    );
    return waits.includes(true);
  } catch {
    // Compiled out, or switched off at boot.
    return (os.loadavg()[0] ?? 0) / os.availableParallelism() > mostLoadPerCore;
  }
}
