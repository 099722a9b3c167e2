import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

export interface RivalOptions {
  /** What is fetched lies here, and is found again. */
  directory: string;
  /** A program that is the shell, without arguments. */
  shell: string;
  signal: AbortSignal;
}

export interface RivalProcess {
  pid: number;
  port: number;
  stop(): Promise<void>;
}

/** Starts a server on a free port of this host; resolves when it answers there. */
export async function startRival({
  argv,
  env = {},
}: {
  argv: (port: number) => string[];
  env?: Record<string, string>;
}): Promise<RivalProcess> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  const [program = '', ...words] = argv(port);
  const child = spawn(program, words, {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ...env },
  });
  let said = '';
  child.stderr.on('data', (bytes: Buffer) => (said = (said + bytes.toString()).slice(-1_000)));
  const ended = once(child, 'exit');
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), 3_000);
    await ended;
    clearTimeout(timer);
  };
  for (let attempt = 0; !(await answers(port)); attempt += 1) {
    if (child.exitCode !== null || attempt > 100) {
      if (child.exitCode === null) await stop();
      throw new Error(`${program} does not listen: ${said}`);
    }
    await delay(100);
  }
  return { pid: child.pid ?? 0, port, stop };
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}
