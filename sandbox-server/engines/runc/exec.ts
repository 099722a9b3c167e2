/** Commands in a running sandbox, through the runtime's `exec`. */
import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { CodedError } from '../../../protocol/errors.ts';
import type { ExecExit, ExecRequest } from '../../../protocol/sandbox-api.ts';
import type { ExecOutput } from '../../engine.ts';
import { OutputPump } from './output-pump.ts';
import type { Runtime } from './runtime.ts';

const home = '/root';

/** Host pids of a process and all its descendants. */
function withDescendants(pid: number): number[] {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1').trim();
    const pids = children.split(' ').filter(Boolean).map(Number);
    return [pid, ...pids.flatMap((child) => withDescendants(child))];
  } catch {
    // It ended while it was looked at.
    return [];
  }
}

/** Ends the command and its descendants; before the runtime has started it, the runtime. */
async function killCommand(child: ChildProcess, pidFile: string): Promise<void> {
  // The file is there an instant before the command runs. Without it nothing of the command would be found to kill.
  let pid = 0;
  for (let attempt = 0; pid === 0 && child.exitCode === null && attempt < 50; attempt += 1) {
    if (attempt > 0) await delay(10);
    pid = Number(await readFile(pidFile, 'utf8').catch(() => '0'));
  }
  for (const each of pid > 0 ? withDescendants(pid) : []) {
    try {
      process.kill(each, 'SIGKILL');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
  child.kill('SIGKILL');
}

/** A command may end before its input does: the rest is read away, so that whoever sends it hears of the end. */
function feed(input: Readable, child: ChildProcess): void {
  child.once('exit', () => {
    if (child.stdin) input.unpipe(child.stdin);
    input.resume();
  });
  // Cut off by its sender: to the command that is an end like any other.
  input.once('error', () => child.stdin?.end());
  if (child.stdin) input.pipe(child.stdin);
}

export interface ExecContext {
  runtime: Runtime;
  id: string;
  /** Of one process, at most. */
  openFiles: number;
  /** Where a pid file may be written. */
  scratch: string;
}

/** On timeout or abort the command and its descendants get SIGKILL. Rejects with BAD_REQUEST for what no program can be given. */
export async function execIn(
  { runtime, id, openFiles, scratch }: ExecContext,
  request: ExecRequest,
  output: ExecOutput,
): Promise<ExecExit> {
  const { argv, cwd = home, stdin = '', timeoutMs = 60_000 } = request;
  if ([cwd, ...argv].some((word) => word.includes('\0'))) {
    throw new CodedError('BAD_REQUEST', 'found a NUL in the command, which no program can be given');
  }
  const pidFile = join(scratch, `exec-${randomBytes(6).toString('hex')}.pid`);
  const child = spawn(
    ...runtime.starting(openFiles, 'exec', '--cwd', cwd, '--pid-file', pidFile, id, ...argv),
  );
  // Before anything else: a program that could not be started says so as an event.
  const exit = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  exit.catch(() => undefined);
  child.on('error', () => undefined);
  let timedOut = false;
  const kill = () => {
    killCommand(child, pidFile).catch((error: unknown) => child.emit('error', error));
  };
  const timer = setTimeout(() => {
    timedOut = true;
    kill();
  }, timeoutMs);
  output.signal?.addEventListener('abort', kill, { once: true });
  if (output.signal?.aborted) kill();
  try {
    // A command may end without reading its input. Where the process table or the descriptors ran out there are no streams.
    child.stdin?.on('error', () => undefined);
    if (output.input) feed(output.input, child);
    else child.stdin?.end(stdin);
    const pumps = [
      new OutputPump(child.stdout, output.onStdout),
      new OutputPump(child.stderr, output.onStderr),
    ];
    const [code, signal] = await exit;
    await Promise.all(pumps.map((pump) => pump.whenDrained()));
    return { exitCode: timedOut ? null : code, signal: timedOut ? 'SIGKILL' : signal, timedOut };
  } finally {
    clearTimeout(timer);
    output.signal?.removeEventListener('abort', kill);
    child.stdout?.destroy();
    child.stderr?.destroy();
    await rm(pidFile, { force: true });
  }
}
