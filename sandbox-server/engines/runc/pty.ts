/** A login shell of a sandbox on a PTY, through the runtime's `exec --tty`. */
import type { EventEmitter } from 'node:events';
import { spawn, type IPty } from 'node-pty';
import type { Pty } from '../../engine.ts';
import { PtyInput } from './pty-input.ts';
import type { Runtime } from './runtime.ts';

const home = '/root';
/** A shell may ignore the hang-up; the runtime's process on the host, which no limit of the sandbox counts, goes anyway. */
const hangUpGraceMs = 1_000;

/** What node-pty has and does not declare. */
type UnixTerminal = IPty & EventEmitter & { fd: number; _socket: { destroyed: boolean } };

export interface OpenPtyOptions {
  runtime: Runtime;
  id: string;
  /** Of one process, at most. */
  openFiles: number;
  cols: number;
  rows: number;
  cwd?: string;
}

export function openPty({ runtime, id, openFiles, cols, rows, cwd = home }: OpenPtyOptions): Pty {
  const call = ['exec', '--tty', '--cwd', cwd, id, '/bin/bash', '--login'];
  const options = { cols, rows, name: 'xterm-256color', encoding: null };
  const pty = spawn(...runtime.starting(openFiles, ...call), options) as UnixTerminal;
  let exited = false;
  const input = new PtyInput(() => (exited || pty._socket.destroyed ? null : pty.fd));
  pty.onExit(() => {
    exited = true;
    input.end();
  });
  // With fewer than two of these node-pty throws a read error where nobody can catch it. The exit follows and says it.
  for (let count = 0; count < 2; count += 1) pty.on('error', () => undefined);
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
    // Not node-pty's own write: it spins while nobody reads.
    write: (bytes) => input.write(bytes),
    resize(size) {
      // Between the end of the line and the news of the exit there is no size to set, and node-pty would throw.
      if (!exited && !pty._socket.destroyed) pty.resize(size.cols, size.rows);
    },
    pause: () => pty.pause(),
    resume: () => pty.resume(),
    hangUp() {
      pty.kill('SIGHUP');
      const timer = setTimeout(() => pty.kill('SIGKILL'), hangUpGraceMs);
      pty.onExit(() => clearTimeout(timer));
      // A held line would never be read to its end.
      pty.resume();
    },
  };
}
