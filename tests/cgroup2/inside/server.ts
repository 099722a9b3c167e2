/** The one sandbox-server of the guest, run the way a host runs it, and shorthands to use it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { leftoversOf } from '../../sandbox/leftovers.ts';
import type { RuntimeName } from '../../../protocol/runtime.ts';
import { SandboxClient } from '../../../sandbox-client/client.ts';

export const instance = 'tguest';
const runtimeDir = '/run/chrootcamp';
const stateDir = '/var/lib/chrootcamp/sandboxes';
export const limits = { memoryBytes: 400 * 1024 ** 2, pids: 300, diskBytes: 1024 ** 3 };

/** What there is on the host of this instance and its sandboxes. */
export const leftovers = () => leftoversOf({ runtimeDir, stateDir, instance: instance.slice(1) });

/** The same before the first sandbox was made; filled then. */
export const hostWithoutSandboxes: Partial<ReturnType<typeof leftovers>> = {};

const socketPath = `${runtimeDir}/server.sock`;
const configFile = '/run/chrootcamp/config.json';
const program = new URL('../../../sandbox-server/main.ts', import.meta.url).pathname;

export const client = new SandboxClient({ socketPath, timeoutMs: 300_000 });
let child: ChildProcess | null = null;

/** Resolves when it listens. */
export async function launch({ runtime = 'runc' }: { runtime?: RuntimeName } = {}): Promise<void> {
  mkdirSync(runtimeDir, { recursive: true, mode: 0o711 });
  const config = {
    socketPath,
    socketGid: 0,
    stateDir,
    runtimeDir,
    treePath: '/machine/tree',
    registryRoot: '/machine/registry',
    instance,
    idBase: 0xc0000000,
    idRanges: 16,
    capacity: { warm: 0 },
    packageHosts: [],
    limits,
    runtime,
  };
  writeFileSync(configFile, JSON.stringify(config));
  // `process.execArgv`: the flags that `run` gives for the guest's sake.
  const flags = process.execArgv.filter((flag) => !flag.startsWith('--test'));
  const started = spawn(process.execPath, [...flags, program, '--config', configFile], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child = started;
  let log = '';
  started.stderr.setEncoding('utf8').on('data', (text: string) => (log += text));
  const ended = once(started, 'exit').then(([code]) => {
    throw new Error(`sandbox-server ended with ${code}:\n${log}`);
  });
  await Promise.race([once(started.stdout, 'data'), ended]);
  ended.catch(() => undefined);
}

/** SIGKILL; resolves when it is gone. */
export async function kill(): Promise<void> {
  const ended = once(child as ChildProcess, 'exit');
  child?.kill('SIGKILL');
  await ended;
}

/** `POST /v1/shutdown`; resolves when the process has ended. */
export async function shutDown(): Promise<void> {
  const ended = once(child as ChildProcess, 'exit');
  await client.shutdown();
  await ended;
}

/** Throws with the end of Docker's log when it is not ready in the end: emulation takes longer than the server waits. */
export async function dockerReady(id: string): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt += 1) {
    if ((await client.view(id, { docker: 'wait' })).docker === 'ready') return;
    await delay(100);
  }
  const { output } = await run(id, 'ps ax; tail -n 30 /var/log/docker.log');
  throw new Error(`Docker did not get ready in sandbox ${id}; its log ends with:
${output}`);
}

/** A new sandbox with Docker up. */
export async function sandbox(): Promise<string> {
  const { id } = await client.create({});
  await dockerReady(id);
  return id;
}

/** Standard output and error, and the status, of a bash script in a sandbox. */
export async function run(id: string, script: string): Promise<{ output: string; exitCode: number | null }> {
  let output = '';
  const collect = (chunk: Buffer) => {
    output += chunk.toString('utf8');
  };
  const request = { argv: ['/bin/bash', '-c', script], timeoutMs: 300_000 };
  const { exitCode } = await client.exec(id, request, { onStdout: collect, onStderr: collect });
  return { output, exitCode };
}

let shared: Promise<string> | null = null;

/** The sandbox that most checks use; made by the first. */
export async function theSandbox(): Promise<string> {
  const isFirst = shared === null;
  shared ??= sandbox();
  return shared.catch((error: unknown) => {
    throw isFirst ? error : new Error('there is no sandbox: see the first check that failed');
  });
}

/** Standard output and error of a script in the shared sandbox, whatever its status, without white space around. */
export async function inside(script: string): Promise<string> {
  return (await run(await theSandbox(), script)).output.trim();
}
