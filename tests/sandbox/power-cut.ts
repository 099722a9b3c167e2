/** A host that loses its power: every process gone at once, nothing flushed, and with the reboot no mount and no /run. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { RunningSandboxServer } from '../running-sandbox-server.ts';
import { leftoversOf } from './leftovers.ts';

function pidsIn(cgroup: string): number[] {
  const below = readdirSync(cgroup, { recursive: true, withFileTypes: true }).filter((one) =>
    one.isDirectory(),
  );
  return [cgroup, ...below.map((one) => join(one.parentPath, one.name))]
    .flatMap((directory) => readFileSync(join(directory, 'cgroup.procs'), 'utf8').split('\n'))
    .filter((line) => line !== '' && line !== '0')
    .map(Number);
}

function killAll(cgroups: string[]): number {
  const pids = new Set(cgroups.flatMap((cgroup) => pidsIn(cgroup)));
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It ended meanwhile.
    }
  }
  return pids.size;
}

function removeCgroup(directory: string): void {
  execFileSync('find', [directory, '-depth', '-type', 'd', '-exec', 'rmdir', '{}', ';']);
}

/**
 * `platters` is called while everything still runs: what it copies is what a disk would hold that was never flushed.
 */
export async function cutPower(
  server: RunningSandboxServer,
  platters: () => void = () => undefined,
): Promise<void> {
  platters();
  await server.kill();
  const { cgroups } = leftoversOf(server);
  while (killAll(cgroups) > 0) await delay(20);
  for (const cgroup of cgroups) removeCgroup(cgroup);
  for (const line of leftoversOf(server).mounts.toReversed())
    execFileSync('umount', ['-l', line.split(' ')[4] as string]);
  while (leftoversOf(server).loops.length > 0) await delay(20);
  for (const name of readdirSync(server.runtimeDir))
    rmSync(join(server.runtimeDir, name), { recursive: true, force: true });
}
