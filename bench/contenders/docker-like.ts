/** `docker run --privileged` of the tree, by Docker's or Podman's command line: what most people do for Docker in Docker. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readlinkSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { runCommand } from '../../host/run-command.ts';
import { capabilitiesWithin, hostBoundingSet } from '../../sandbox-server/engines/runc/capabilities.ts';
import { hardOpenFilesLimit } from '../../sandbox-server/engines/runc/open-files.ts';
import type { Contender, ContenderMachine } from './contender.ts';

const image = 'chrootcamp-bench';
const pollMs = 25;
const patienceMs = 60_000;
/** Without --privileged the cgroups are there to be read only. */
const prepare = 'for each in /sys/fs/cgroup /sys/fs/cgroup/*; do mount -o remount,rw $each; done 2>/dev/null';
const init = ['/bin/sh', '-c', `${prepare}; exec /usr/bin/tini -- /usr/lib/chrootcamp/init`];
const ping = 'curl -sf -o /dev/null --max-time 2 --unix-socket /run/docker.sock http://docker/_ping';

export interface DockerLikeOptions {
  name: string;
  /** The program with the options that keep it to its own directory. */
  command: string[];
  treePath: string;
  signal: AbortSignal;
  serves: Contender['serves'];
  dispose: () => Promise<void>;
}

const lastCapability = 40;

/** `--privileged`; where this host has not all capabilities itself, and so cannot give them, as near as it comes. */
function privileges(): string[] {
  const bounding = hostBoundingSet();
  const ulimits = [`nofile=${hardOpenFilesLimit()}:${hardOpenFilesLimit()}`, 'nproc=20000:20000'];
  const limits = ulimits.flatMap((one) => ['--ulimit', one]);
  if (BigInt(`0x${bounding}`) + 1n >= 1n << BigInt(lastCapability + 1)) return ['--privileged', ...limits];
  const capabilities = capabilitiesWithin(bounding)
    // Younger than the Docker of Debian 12.
    .filter((name) => name !== 'CAP_CHECKPOINT_RESTORE')
    .flatMap((name) => ['--cap-add', name.replace('CAP_', '')]);
  const open = ['seccomp=unconfined', 'apparmor=unconfined', 'systempaths=unconfined'];
  return [...capabilities, ...open.flatMap((one) => ['--security-opt', one]), ...limits];
}

/** Null for a process that has ended. */
function pidNamespaceOf(pid: number): string | null {
  try {
    return readlinkSync(`/proc/${pid}/ns/pid`);
  } catch {
    return null;
  }
}

/** The tree as an image, without a build. */
async function importTree({ command, treePath, signal }: DockerLikeOptions): Promise<void> {
  const tar = spawn('tar', ['--create', '--numeric-owner', '--directory', treePath, '.'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    signal,
  });
  const [program = '', ...args] = [...command, 'import', '-', image];
  const importing = spawn(program, args, { stdio: [tar.stdout, 'ignore', 'inherit'], signal });
  const [code] = (await once(importing, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`${command[0]} import ended with ${code}`);
}

export async function dockerLike(options: DockerLikeOptions): Promise<Contender> {
  const { name, command, signal, serves, dispose } = options;
  const run = async (...args: string[]) => {
    const [program = '', ...rest] = [...command, ...args];
    return (await runCommand(program, rest, { signal })).trim();
  };
  await importTree(options);

  async function start(): Promise<ContenderMachine> {
    const volumes = ['--volume', '/var/lib/docker', '--tmpfs', '/run', '--tmpfs', '/tmp'];
    const flags = ['--detach', '--network', 'none', ...privileges(), ...volumes];
    const id = await run('run', ...flags, image, ...init);
    await run('exec', id, '/bin/true');
    const namespace = pidNamespaceOf(Number(await run('inspect', '--format', '{{.State.Pid}}', id)));
    return {
      async dockerReady() {
        for (const deadline = Date.now() + patienceMs; ; await delay(pollMs, undefined, { signal })) {
          const answers = await run('exec', id, 'sh', '-c', `${ping} && echo up || true`);
          if (answers === 'up') return;
          if (Date.now() > deadline) throw new Error(`the Docker in ${name}'s container did not start`);
        }
      },
      owns: ({ pid }) => pidNamespaceOf(pid) === namespace,
      destroy: async () => void (await run('rm', '--force', '--volumes', id)),
    };
  }
  return { name, start, serves, [Symbol.asyncDispose]: dispose };
}
