import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { machine, release, tmpdir, version } from 'node:os';
import { join } from 'node:path';
import { CodedError } from '../../protocol/errors.ts';
import { limitsSchema } from '../../protocol/limits.ts';
import type { ExecExit } from '../../protocol/sandbox-api.ts';
import type { FileView } from '../../protocol/sandbox-looks.ts';
import type { VerifyClient } from './fresh-machine.ts';

export interface LocalMachines extends VerifyClient, AsyncDisposable {
  /** Where scripts run and leave files. */
  dir: string;
  scratchDir: string;
  /** Machines made and not destroyed. */
  alive: Set<string>;
  made: number;
}

/**
 * This very machine in the place of sandboxes: scripts really run in bash, files are really read, in one folder that a
 * new "machine" finds empty. So only one can be at a time, and there is no Docker to look at.
 */
export async function localMachines(): Promise<LocalMachines> {
  const root = await mkdtemp(join(tmpdir(), 'verify-'));
  const dir = join(root, 'home');
  const alive = new Set<string>();
  const machines: LocalMachines = {
    dir,
    scratchDir: join(root, 'scratch'),
    alive,
    made: 0,
    async create() {
      await rm(dir, { recursive: true, force: true });
      await mkdir(dir);
      machines.made += 1;
      const id = `machine${machines.made}`;
      alive.add(id);
      return viewOf(id);
    },
    view: async (id) => viewOf(id),
    async destroy(id) {
      alive.delete(id);
    },
    exec: (_id, { argv, cwd, stdin, timeoutMs }, { signal } = {}) =>
      run({ argv, cwd, stdin, timeoutMs, signal }),
    readFile: (_id, { path, maxBytes }) => look(path, maxBytes),
    processes: async () => [],
    mountTables: async () => [],
    cgroup: async () => ({ version: 'v2', hierarchies: [] }),
    dial: () => Promise.reject(new CodedError('DOCKER_NOT_RUNNING', 'there is no Docker here')),
    [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }),
  };
  return machines;
}

function viewOf(id: string): Awaited<ReturnType<VerifyClient['create']>> {
  return {
    id,
    status: 'running',
    docker: 'ready',
    network: 'packages',
    limits: limitsSchema.parse({}),
    createdAt: new Date().toISOString(),
    bootId: id,
    kernel: { release: release(), version: version(), machine: machine() },
  };
}

async function run(options: {
  argv: string[];
  cwd: string | undefined;
  stdin: string | undefined;
  timeoutMs: number | undefined;
  signal: AbortSignal | undefined;
}): Promise<ExecExit> {
  const [command = '', ...rest] = options.argv;
  const child = spawn(command, rest, {
    cwd: options.cwd,
    stdio: [options.stdin === undefined ? 'ignore' : 'pipe', 'ignore', 'ignore'],
    timeout: options.timeoutMs,
    killSignal: 'SIGKILL',
    ...(options.signal && { signal: options.signal }),
  });
  child.stdin?.end(options.stdin);
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
  return { exitCode: code, signal, timedOut: signal === 'SIGKILL' };
}

async function look(path: string, maxBytes: number): Promise<FileView> {
  const found = await stat(path).catch(() => null);
  if (found === null) return { outcome: 'missing' };
  const about = { outcome: 'found', mode: found.mode & 0o7777, uid: found.uid, gid: found.gid } as const;
  if (found.isDirectory()) return { ...about, type: 'directory', entries: await readdir(path) };
  const content = (await readFile(path)).subarray(0, maxBytes).toString('base64');
  return { ...about, type: 'file', content };
}
