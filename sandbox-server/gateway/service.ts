/** A helper program run as the service user, started again when it dies, ended when the server ends. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Logger } from 'pino';

export interface ServiceOptions {
  name: string;
  program: string;
  args: string[];
  /** Unprivileged. */
  user: { uid: number; gid: number };
  env?: NodeJS.ProcessEnv;
  /** Read-only, in a mount namespace of its own: lets it read what lies below a directory it may not enter. */
  bind?: { source: string; target: string };
  log: Logger;
}

const bindAndRun = 'mount --bind -o ro "$1" "$2" && shift 2 && exec "$@"';

function withBind(bind: ServiceOptions['bind'], argv: string[]): string[] {
  if (bind === undefined) return argv;
  const { source, target } = bind;
  return [
    'unshare',
    '--mount',
    '--propagation',
    'private',
    'sh',
    '-c',
    bindAndRun,
    'bind',
    source,
    target,
    ...argv,
  ];
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
    const { name, program, args, user, env, bind, log } = this.#options;
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
    const [file = '', ...argv] = withBind(bind, [
      'setpriv',
      ...drop,
      '--pdeathsig',
      'KILL',
      program,
      ...args,
    ]);
    const child = spawn(file, argv, {
      stdio: ['ignore', 'pipe', 'pipe'],
      cwd: '/',
      env: { PATH: process.env.PATH, ...env },
    });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
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
      this.#timer = setTimeout(() => this.start(), this.#restartMs);
      this.#restartMs = Math.min(this.#restartMs * 2, maxRestartMs);
    };
    child.once('error', onEnd);
    child.once('exit', (code, signal) => onEnd({ code, signal }));
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
