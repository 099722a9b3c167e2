/** Podman with a store of the benchmark's own. */
import { mkdtempSync, rmSync } from 'node:fs';
import { detectCgroupHost } from '../../sandbox-server/engines/runc/cgroup/detect.ts';
import { attempt } from '../../host/doctor/attempt.ts';
import type { Absent, Contender, ContenderOptions } from './contender.ts';
import { dockerLike } from './docker-like.ts';

const name = 'podman run';
const install = 'apt-get install --no-install-recommends podman';

export async function podman({ treePath, signal }: ContenderOptions): Promise<Contender | Absent> {
  if (!(await attempt('podman', ['--version'])).ok)
    return { name, absent: `not installed; to compare: ${install}` };
  const directory = mkdtempSync('/var/tmp/camp-bench-podman-');
  const stores = [
    '--root',
    `${directory}/data`,
    '--runroot',
    `${directory}/run`,
    '--tmpdir',
    `${directory}/tmp`,
  ];
  const command = ['podman', ...stores, '--cgroup-manager', 'cgroupfs', '--log-level', 'error'];
  const dispose = async () => {
    await attempt(command[0] as string, [...command.slice(1), 'rm', '--all', '--force']);
    await attempt(command[0] as string, [...command.slice(1), 'rmi', '--all', '--force']);
    await attempt('umount', ['--lazy', `${directory}/data/overlay`]);
    rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    // Its conmon, one a container.
    const serves: Contender['serves'] = ({ command: words }) => words.includes(directory);
    // crun refuses hybrid cgroups.
    if ((await detectCgroupHost()).version === 'v1') command.push('--runtime', 'runc');
    return await dockerLike({ name, command, treePath, signal, serves, dispose });
  } catch (error) {
    await dispose();
    return { name, absent: `it could not be run here: ${(error as Error).message}` };
  }
}
