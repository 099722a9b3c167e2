/** A helper program run as the service user, started again when it dies, ended when the server ends. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, openSync } from 'node:fs';
import type { Logger } from 'pino';

export interface ServiceOptions {
  name: string;
  program: string;
  args: string[];
  /** Unprivileged. */
  user: { uid: number; gid: number };
  env?: NodeJS.ProcessEnv;
  /**
   * Opened here and handed on as descriptor 3, so that it can read what lies below a directory it may not enter. Not by a
   * mount in a namespace of its own: that would hold copies of the sandboxes' mounts, and their disks, beyond their end.
   */
  directory?: string;
  log: Logger;
}

const firstRestartMs = 200;
const maxRestartMs = 10_000;
/** Having run this long, the next fault counts as a first one. */
const healthyMs = 30_000;
const stopGraceMs = 1_000;

export class Service implements AsyncDisposable {
  readonly #options: ServiceOptions;
  #child: ChildProcess | null = null;
  #restartMs = firstRestartMs;
  #timer: NodeJS.Timeout | null = null;
  #stopped = false;

  constructor(options: ServiceOptions) {
    this.#options = options;
  }

  get pid(): number | null {
    return this.#child?.pid ?? null;
  }

  start(): void {
    const { name, program, args, user, env, directory, log } = this.#options;
    const drop = [
      '--reuid',
      String(user.uid),
      '--regid',
      String(user.gid),
      '--clear-groups',
      '--no-new-privs',
    ];
    // Also when this server is killed: an orphan would hold the sockets its successor needs.
    const startedAt = Date.now();
    const directoryFd = directory === undefined ? null : openSync(directory, constants.O_DIRECTORY);
    let child: ChildProcess;
    try {
      child = spawn('setpriv', [...drop, '--pdeathsig', 'KILL', program, ...args], {
        stdio: ['ignore', 'pipe', 'pipe', ...(directoryFd === null ? [] : [directoryFd])],
        cwd: '/',
        env: { PATH: process.env.PATH, ...env },
      });
    } finally {
      if (directoryFd !== null) closeSync(directoryFd);
    }
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) {
      // Absent where the program could not even be started; the event below says why.
      stream?.setEncoding('utf8').on('data', (text: string) => {
        for (const line of text.split('\n'))
          if (line !== '') log.debug({ service: name }, line.slice(0, 2000));
      });
    }
    const onEnd = (reason: unknown) => {
      if (this.#child !== child) return;
      this.#child = null;
      if (this.#stopped) return;
      if (Date.now() - startedAt > healthyMs) this.#restartMs = firstRestartMs;
      log.warn({ service: name, reason, restartMs: this.#restartMs }, 'a service ended; starting it again');
      this.#timer = setTimeout(() => this.#restart(), this.#restartMs);
      this.#restartMs = Math.min(this.#restartMs * 2, maxRestartMs);
    };
    child.once('error', onEnd);
    child.once('exit', (code, signal) => onEnd({ code, signal }));
  }

  #restart(): void {
    try {
      this.start();
    } catch (error) {
      this.#options.log.error({ service: this.#options.name, error }, 'a service cannot be started');
      this.#timer = setTimeout(() => this.#restart(), maxRestartMs);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopped = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    const child = this.#child;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), stopGraceMs);
    await ended;
    clearTimeout(timer);
  }
}
