/** The OCI runtime's command line: runc, or crun by configuration. */
import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { CommandError, runCommand } from './command.ts';

export interface RuntimeOptions {
  program: 'runc' | 'crun';
  /** The runtime's own state, on a tmpfs. */
  root: string;
}

export interface CreateContainer {
  id: string;
  bundle: string;
  pidFile: string;
  /** The runtime's log, JSON lines. */
  log: string;
  /** Output of PID 1. */
  console: string;
}

export interface FoundContainer {
  /** Host pid of PID 1. */
  initPid: number;
  /** False for one whose making was cut off: it waits for a `start` that would find it half wired. */
  started: boolean;
}

export class Runtime {
  readonly program: RuntimeOptions['program'];
  readonly root: string;

  constructor({ program, root }: RuntimeOptions) {
    this.program = program;
    this.root = root;
  }

  /** Arguments of every call, for those who spawn the runtime themselves. */
  argv(...rest: string[]): string[] {
    return ['--root', this.root, ...rest];
  }

  /** Host pid of PID 1, which waits for `start`. */
  async create({ id, bundle, pidFile, log, console }: CreateContainer): Promise<number> {
    const outputFd = openSync(console, 'a', 0o600);
    try {
      const options = ['create', '--bundle', bundle, '--pid-file', pidFile, id];
      await runCommand(this.program, this.argv('--log', log, '--log-format', 'json', ...options), {
        outputFd,
      });
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
    await runCommand(this.program, this.argv('start', id));
  }

  /** Removes the runtime's record; ends what still runs. Fine where there is none. */
  async remove(id: string): Promise<void> {
    await runCommand(this.program, this.argv('delete', '--force', id));
  }

  /** By id, what runs or waits to be started. */
  async list(): Promise<Map<string, FoundContainer>> {
    const text = await runCommand(this.program, this.argv('list', '--format', 'json'));
    const containers = (JSON.parse(text) ?? []) as { id: string; pid: number; status: string }[];
    const living = containers.filter(({ status }) => status !== 'stopped');
    return new Map(
      living.map(({ id, pid, status }) => [id, { initPid: pid, started: status !== 'created' }]),
    );
  }
}
