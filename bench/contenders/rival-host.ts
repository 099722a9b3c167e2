/**
 * A small host of a rival's own: its programs as Debian 13 has them, in namespaces and cgroups that end with it, so that
 * nothing is installed on this computer, no daemon of its own is met, and nothing is left behind.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { runCommand } from '../../host/run-command.ts';
import type { HostProcess } from '../measure/process-memory.ts';
import { RivalCgroups } from './rival-cgroups.ts';

const script = join(import.meta.dirname, 'rival-host.sh');
const path = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/usr/libexec/incus';

export interface RivalHostOptions {
  /** With the programs; it is not written to. */
  rivalTree: string;
  /** Seen inside as /machine, to be read only. */
  treePath: string;
  /** On a file system that Docker can keep layers on. */
  directory: string;
  signal: AbortSignal;
}

/** Null for a process that has ended. */
function pidNamespaceOf(pid: number): string | null {
  try {
    return readlinkSync(`/proc/${pid}/ns/pid`);
  } catch {
    return null;
  }
}

export class RivalHost implements AsyncDisposable {
  readonly #child: ChildProcess;
  readonly #directory: string;
  readonly #cgroups: RivalCgroups;
  readonly #pid: number;
  readonly #namespace: string | null;
  readonly #signal: AbortSignal;

  private constructor(options: {
    child: ChildProcess;
    directory: string;
    cgroups: RivalCgroups;
    pid: number;
    signal: AbortSignal;
  }) {
    this.#child = options.child;
    this.#directory = options.directory;
    this.#cgroups = options.cgroups;
    this.#pid = options.pid;
    this.#namespace = pidNamespaceOf(options.pid);
    this.#signal = options.signal;
  }

  static async start({ rivalTree, treePath, directory, signal }: RivalHostOptions): Promise<RivalHost> {
    const own = mkdtempSync(join(directory, 'run-'));
    for (const name of ['upper', 'work', 'root', 'docker', 'containers', 'incus']) mkdirSync(join(own, name));
    const cgroups = await RivalCgroups.make(`chrootcamp-bench-${randomBytes(3).toString('hex')}`);
    const child = spawn('sh', [script], {
      env: {
        PATH: path,
        TREE: rivalTree,
        MACHINE: treePath,
        OWN: own,
        ...cgroups.environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-1_000)));
    const ended = once(child, 'exit').then(() => {
      throw new Error(`a host for it could not be made: ${said.trim()}`);
    });
    try {
      // Its first process, as this computer counts.
      const [line] = (await Promise.race([once(createInterface(child.stdout!), 'line'), ended])) as [string];
      ended.catch(() => undefined);
      return new RivalHost({ child, directory: own, cgroups, pid: Number(line), signal });
    } catch (error) {
      child.kill('SIGKILL');
      await cgroups[Symbol.asyncDispose]();
      rmSync(own, { recursive: true, force: true });
      throw error;
    }
  }

  #within(argv: string[]): string[] {
    const namespaces = ['--mount', '--net', '--pid', '--cgroup', '--root'];
    const inRoot = ['sh', '-c', 'cd / && exec "$@"', 'sh'];
    return ['nsenter', '--target', String(this.#pid), ...namespaces, '--', ...inRoot, ...argv];
  }

  get #environment(): NodeJS.ProcessEnv {
    return { PATH: path, HOME: '/root', LC_ALL: 'C.UTF-8', PODMAN_IGNORE_CGROUPSV1_WARNING: '1' };
  }

  /** Runs a program there; resolves with its standard output. */
  async run(...argv: string[]): Promise<string> {
    const [program = '', ...rest] = this.#within(argv);
    return (await runCommand(program, rest, { signal: this.#signal, env: this.#environment })).trim();
  }

  /** Starts a daemon there, and waits until `answers`, a shell command, succeeds. It ends with the host. */
  async serve(argv: string[], answers: string): Promise<void> {
    const log = join(this.#directory, 'daemon.log');
    const fd = openSync(log, 'a');
    // What it starts is in its own cgroups, which must be ones that it sees.
    const [program = '', ...rest] = [...this.#cgroups.joined, ...this.#within(argv)];
    const daemon = spawn(program, rest, { stdio: ['ignore', fd, fd], env: this.#environment });
    closeSync(fd);
    daemon.on('error', () => undefined);
    try {
      await this.run('timeout', '30', 'sh', '-c', `until ${answers} >/dev/null 2>&1; do sleep 0.1; done`);
    } catch (error) {
      this.#signal.throwIfAborted();
      const said = readFileSync(log, 'utf8').slice(-1_000);
      throw new Error(`${argv[0]} did not start: ${said}`, { cause: error });
    }
  }

  /** What serves all of its containers: daemons, and those that watch over one container each. */
  readonly serves = ({ pid }: HostProcess): boolean => pidNamespaceOf(pid) === this.#namespace;

  /** What runs in the container whose `/proc/self/ns/pid` is so. */
  isIn(namespace: string): (process: HostProcess) => boolean {
    return ({ pid }) => pidNamespaceOf(pid) === namespace;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = once(this.#child, 'exit');
    // With the first process of a pid namespace all others end, and with them the mounts.
    process.kill(this.#pid, 'SIGKILL');
    await ended;
    await this.#cgroups[Symbol.asyncDispose]();
    rmSync(this.#directory, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  }
}
