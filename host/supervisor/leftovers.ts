import type { Layout } from '../layout.ts';
import { commandLineOf, endProcess, isAlive } from '../process-identity.ts';
import { readRecord } from './record.ts';

const graceMs = 5_000;
const ourCommands: Record<string, string> = { portal: 'portal', 'sandbox-server': 'sandbox-server' };

/**
 * Ends what a killed supervisor left running, and nothing else: a process must have the recorded pid, the recorded start
 * and a command line of ours. A sandbox-server that is ended so keeps its sandboxes running; the next one finds them.
 * Whoever calls holds `layout.lockFile`.
 *
 * @returns the names of those that were still there
 */
export async function endLeftovers(layout: Layout): Promise<string[]> {
  const record = readRecord(layout);
  const ended: string[] = [];
  for (const { name, identity } of record?.processes ?? []) {
    if (!identity || !isAlive(identity)) continue;
    const word = ourCommands[name];
    if (word === undefined || !commandLineOf(identity.pid).includes(word)) continue;
    await endProcess(identity, graceMs);
    ended.push(name);
  }
  return ended;
}
