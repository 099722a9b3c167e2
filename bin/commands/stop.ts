import { existsSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { FileLock } from '../../host/file-lock.ts';
import { clearRuntime } from '../../host/instance/clear-runtime.ts';
import { enterInstance } from '../../host/instance/claim.ts';
import { sweepPrivateServers } from '../../host/instance/private-server.ts';
import type { Layout } from '../../host/layout.ts';
import { endProcess } from '../../host/process-identity.ts';
import { askToStop } from '../../host/supervisor/control.ts';
import { endLeftovers } from '../../host/supervisor/leftovers.ts';
import { readRecord } from '../../host/supervisor/record.ts';
import { endSandboxes } from '../../host/supervisor/sandbox-server-shutdown.ts';
import { dataOption, defineCommand } from '../command.ts';
import { exitCodes } from '../exit-code.ts';
import { layoutFrom } from '../option-value.ts';

const setUpGraceMs = 30_000;

export const command = defineCommand({
  summary: 'stop the course; what learners made is kept',
  usage: '[--data DIR]',
  options: dataOption,
  details: `
Ends the processes and the machines, unmounts everything and removes what is in /run. Learners' disks and progress stay
in the data directory. Clears away what a killed course left, too. Where nothing runs it says so and exits with 0.`,
  needsRoot: true,
  async run({ values }, { signal }) {
    const layout = layoutFrom(values);
    const found = FileLock.isLocked(layout.lockFile)
      ? await stopRunning(layout, signal)
      : await clearKilled(layout);
    process.stdout.write(found ? 'Stopped.\n' : `No course runs in ${layout.dataDir}.\n`);
    return exitCodes.ok;
  },
});

async function stopRunning(layout: Layout, signal: AbortSignal): Promise<boolean> {
  const record = readRecord(layout);
  // While it sets up it has nothing to stop but itself, and ends in order by itself.
  if (record?.phase === 'setting-up') await endProcess(record.supervisor, setUpGraceMs);
  else await askToStop(layout);
  // It has answered; its process ends a moment later.
  while (FileLock.isLocked(layout.lockFile)) await delay(20, undefined, { signal });
  return true;
}

/** True where there was something. */
async function clearKilled(layout: Layout): Promise<boolean> {
  const existed = existsSync(layout.runtimeDir);
  using lock = enterInstance(layout);
  // Somebody started it this very moment.
  if (!lock) return false;
  await endLeftovers(layout);
  await endSandboxes(layout);
  await sweepPrivateServers(layout);
  clearRuntime(layout.runtimeDir);
  return existed;
}
