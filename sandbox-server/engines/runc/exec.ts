/** Commands and terminals in a running sandbox, through the runtime's `exec`. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Readable } from 'node:stream';
import { spawn as spawnPty } from 'node-pty';
import type { ExecExit, ExecRequest } from '../../../protocol/sandbox-api.ts';
import type { ExecOutput, Pty } from '../../engine.ts';
import type { Runtime } from './runtime.ts';

const home = '/root';
/** A program left in the background keeps the pipes open; what the command itself wrote has arrived by then. */
const drainMs = 150;

/** Host pids of a process and all its descendants. */
function withDescendants(pid: number): number[] {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1').trim();
    return [
      pid,
      ...children
        .split(' ')
        .filter(Boolean)
        .flatMap((child) => withDescendants(Number(child))),
    ];
  } catch {
    return [];
  }
}

async function pump(stream: Readable, deliver: (chunk: Buffer) => void | Promise<void>): Promise<void> {
  try {
    for await (const chunk of stream) await deliver(chunk as Buffer);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  }
}

export interface ExecContext {
  runtime: Runtime;
  id: string;
  /** Where a pid file may be written. */
  scratch: string;
}

/** On timeout or abort the command and its descendants get SIGKILL. */
export async function execIn(
  context: ExecContext,
  request: ExecRequest,
  output: ExecOutput,
): Promise<ExecExit> {
  const { runtime, id } = context;
  const pidFile = join(context.scratch, `exec-${randomBytes(6).toString('hex')}.pid`);
  const options = ['--cwd', request.cwd ?? home, '--pid-file', pidFile];
  const child = spawn(runtime.program, runtime.argv('exec', ...options, id, ...request.argv), {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let timedOut = false;
  const killAll = async (): Promise<void> => {
    const pid = Number(await readFile(pidFile, 'utf8').catch(() => '0'));
    for (const each of pid > 0 ? withDescendants(pid) : []) {
      try {
        process.kill(each, 'SIGKILL');
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
      }
    }
    // Before the runtime has started the command there is no pid yet.
    child.kill('SIGKILL');
  };
  const timer = setTimeout(() => {
    timedOut = true;
    void killAll();
  }, request.timeoutMs ?? 60_000);
  const onAbort = () => void killAll();
  output.signal?.addEventListener('abort', onAbort, { once: true });
  // A command may end without reading its input.
  child.stdin.on('error', () => undefined);
  child.stdin.end(request.stdin ?? '');
  const pumps = Promise.all([pump(child.stdout, output.onStdout), pump(child.stderr, output.onStderr)]);
  try {
    const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
    await Promise.race([pumps, delay(drainMs).then(() => quiet(child.stdout, child.stderr))]);
    return { exitCode: timedOut ? null : code, signal: timedOut ? 'SIGKILL' : signal, timedOut };
  } finally {
    clearTimeout(timer);
    output.signal?.removeEventListener('abort', onAbort);
    child.stdout.destroy();
    child.stderr.destroy();
    await rm(pidFile, { force: true });
  }
}

/** Waits until neither stream has anything buffered. */
async function quiet(...streams: Readable[]): Promise<void> {
  while (streams.some((stream) => stream.readableLength > 0 && !stream.destroyed)) await delay(10);
}

/** A login shell on a PTY. */
export function openPtyIn(
  { runtime, id }: ExecContext,
  { cols, rows, cwd }: { cols: number; rows: number; cwd?: string },
): Pty {
  const argv = runtime.argv('exec', '--tty', '--cwd', cwd ?? home, id, '/bin/bash', '--login');
  const pty = spawnPty(runtime.program, argv, { cols, rows, name: 'xterm-256color', encoding: null });
  return {
    onData(listener) {
      // With `encoding: null` node-pty hands out Buffers, which its types do not know.
      pty.onData((chunk) => listener(chunk as unknown as Buffer));
    },
    onExit(listener) {
      pty.onExit(({ exitCode, signal }) =>
        listener({ code: signal ? null : exitCode, signal: signal ? `${signal}` : null }),
      );
    },
    write: (bytes) => pty.write(bytes),
    resize: (size) => pty.resize(size.cols, size.rows),
    pause: () => pty.pause(),
    resume: () => pty.resume(),
    hangUp: () => pty.kill('SIGHUP'),
  };
}
