/** The OCI runtime's command line: runc, or crun by configuration. */
import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { CommandError, runCommand } from './command.ts';
import { limitsForCommand } from './resource-limits.ts';

export interface RuntimeOptions {
  program: 'runc' | 'crun';
  /** The runtime's own state, on a tmpfs. */
  root: string;
  /**
   * False where root lacks CAP_SYS_RESOURCE, as in a container: then the runtime cannot set the limits of processes in a
   * user namespace that is not its own, and is started with them.
   */
  setsLimits: boolean;
}

export interface CreateContainer {
  id: string;
  bundle: string;
  pidFile: string;
  /** The runtime's log, JSON lines. */
  log: string;
  /** Output of PID 1. */
  console: string;
  openFiles: number;
}

export interface FoundContainer {
  /** Host pid of PID 1. */
  initPid: number;
  /** False for one whose making was cut off: it waits for a `start` that would find it half wired. */
  started: boolean;
}

export class Runtime {
  readonly program: RuntimeOptions['program'];
  readonly setsLimits: boolean;
  readonly #root: string;

  constructor({ program, root, setsLimits }: RuntimeOptions) {
    this.program = program;
    this.setsLimits = setsLimits;
    this.#root = root;
  }

  #argv(...rest: string[]): string[] {
    return ['--root', this.#root, ...rest];
  }

  /** Program and arguments of a call that starts a process inside, with the limits it gets. */
  starting(openFiles: number, ...rest: string[]): [file: string, args: string[]] {
    const args = this.#argv(...rest);
    if (this.setsLimits) return [this.program, args];
    return ['prlimit', [...limitsForCommand(openFiles), this.program, ...args]];
  }

  /** Host pid of PID 1, which waits for `start`. */
  async create({ id, bundle, pidFile, log, console, openFiles }: CreateContainer): Promise<number> {
    const outputFd = openSync(console, 'a', 0o600);
    try {
      const create = ['create', '--bundle', bundle, '--pid-file', pidFile, id];
      const call = this.starting(openFiles, '--log', log, '--log-format', 'json', ...create);
      await runCommand(...call, { outputFd });
    } catch (error) {
      const text = await readFile(log, 'utf8').catch(() => '');
      throw error instanceof CommandError && text !== ''
        ? new CommandError(error.message, error.exitCode, text)
        : error;
    } finally {
      closeSync(outputFd);
    }
    return Number(await readFile(pidFile, 'utf8'));
  }

  async start(id: string): Promise<void> {
    await runCommand(this.program, this.#argv('start', id));
  }

  /** Removes the runtime's record; ends what still runs. Fine where there is none. */
  async remove(id: string): Promise<void> {
    await runCommand(this.program, this.#argv('delete', '--force', id));
  }

  /** By id, what runs or waits to be started. */
  async list(): Promise<Map<string, FoundContainer>> {
    const text = await runCommand(this.program, this.#argv('list', '--format', 'json'));
    const containers = (JSON.parse(text) ?? []) as { id: string; pid: number; status: string }[];
    const living = containers.filter(({ status }) => status !== 'stopped');
    return new Map(
      living.map(({ id, pid, status }) => [id, { initPid: pid, started: status !== 'created' }]),
    );
  }
}
