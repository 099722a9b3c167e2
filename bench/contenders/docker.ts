/** A dockerd of the benchmark's own, in mount and network namespaces and a directory of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { attempt } from '../../host/doctor/attempt.ts';
import type { Absent, Contender, ContenderOptions } from './contender.ts';
import { dockerLike } from './docker-like.ts';

const name = 'docker run';
const install = 'apt-get install --no-install-recommends docker.io';
const patienceMs = 30_000;
/** With its own containerd below the same directory; nothing of the host's network is touched. */
const script = `ip link set lo up
  exec dockerd --data-root "$1/data" --exec-root "$1/run" --host "unix://$1/docker.sock" --pidfile "$1/pid" \\
    --bridge none --iptables=false --ip6tables=false --log-level error`;

export async function docker({ treePath, signal }: ContenderOptions): Promise<Contender | Absent> {
  if (!(await attempt('sh', ['-c', 'command -v dockerd && command -v docker'])).ok)
    return { name, absent: `not installed; to compare: ${install}` };
  const directory = mkdtempSync('/var/tmp/camp-bench-docker-');
  const daemon = spawn(
    'unshare',
    ['--mount', '--net', '--propagation', 'private', 'sh', '-c', script, 'sh', directory],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let said = '';
  daemon.stderr.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-1000)));
  const dispose = async () => {
    if (daemon.exitCode === null && daemon.signalCode === null) {
      const ended = once(daemon, 'exit');
      daemon.kill('SIGTERM');
      await ended;
    }
    rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    for (
      const deadline = Date.now() + patienceMs;
      !existsSync(join(directory, 'docker.sock'));
      await delay(50)
    ) {
      if (daemon.exitCode !== null || Date.now() > deadline)
        throw new Error(`dockerd did not start: ${said}`);
    }
    const command = ['docker', '--host', `unix://${directory}/docker.sock`];
    const serves: Contender['serves'] = ({ command: words }) => words.includes(directory);
    return await dockerLike({ name, command, treePath, signal, serves, dispose });
  } catch (error) {
    await dispose();
    return { name, absent: `it could not be run here: ${(error as Error).message}` };
  }
}
