/** A sandbox-server of a test's own: its own state, runtime directory, cgroup and ids, beside whatever else runs. */
import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { buildMachine } from '../machine/build.ts';
import { packageHosts } from '../machine/package-hosts.ts';
import type { Capacity } from '../protocol/capacity.ts';
import { SandboxClient } from '../sandbox-client/client.ts';
import { endWithTest } from './end-with-test.ts';

const dataDir = process.env['CHROOTCAMP_TEST_DATA'] ?? '/var/lib/chrootcamp-test';
const program = fileURLToPath(new URL('../sandbox-server/main.ts', import.meta.url));

/** Built once, shared by all tests: they only read it. */
export const testMachineDir = join(dataDir, 'machine');

export interface ServerOptions {
  /** Command that runs the server's process, such as `nsenter --net=FILE`. */
  within?: string[];
  warm?: number;
  capacity?: Partial<Capacity>;
  limits?: Record<string, number>;
  packageHosts?: string[];
  /** Any other field of the configuration file. */
  config?: Record<string, unknown>;
}

export class RunningSandboxServer implements AsyncDisposable {
  readonly client: SandboxClient;
  readonly directory: string;
  readonly instance: string;
  readonly socketPath: string;
  readonly #configFile: string;
  readonly #within: string[];
  #log = '';
  #child: ChildProcess | null = null;
  #ended: Promise<void> | undefined;

  private constructor(directory: string, instance: string, within: string[]) {
    this.#within = within;
    this.directory = directory;
    this.instance = instance;
    this.socketPath = join(this.runtimeDir, 'server.sock');
    this.#configFile = join(directory, 'config.json');
    this.client = new SandboxClient({ socketPath: this.socketPath });
  }

  get runtimeDir(): string {
    return `/run/chrootcamp/t-${this.instance}`;
  }

  /** Far above what instances claim for themselves, and apart from other tests by chance. */
  get idBase(): number {
    return 0xc0000000 + (Number.parseInt(this.instance, 16) % 4096) * 65_536;
  }

  readonly idRanges = 16;

  get stateDir(): string {
    return join(this.directory, 'sandboxes');
  }

  /** All it has said, over all launches: JSON lines. */
  get log(): string {
    return this.#log;
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  static async start(options: ServerOptions = {}): Promise<RunningSandboxServer> {
    const machine = await buildMachine({ machineDir: testMachineDir });
    const instance = randomBytes(3).toString('hex');
    const server = new RunningSandboxServer(
      mkdtempSync(join(tmpdir(), 'camp-test-')),
      instance,
      options.within ?? [],
    );
    mkdirSync(server.runtimeDir, { recursive: true, mode: 0o711 });
    const runtime = process.env['CHROOTCAMP_TEST_RUNTIME'];
    const config = {
      socketPath: server.socketPath,
      socketGid: 0,
      stateDir: server.stateDir,
      runtimeDir: server.runtimeDir,
      treePath: machine.treePath,
      registryRoot: machine.registryRoot,
      instance: `t${instance}`,
      idBase: server.idBase,
      idRanges: server.idRanges,
      capacity: { warm: options.warm ?? 0, ...options.capacity },
      packageHosts: options.packageHosts ?? (await packageHosts()).map(({ host }) => host),
      limits: { diskBytes: 1024 ** 3, ...options.limits },
      ...(runtime === undefined ? {} : { runtime }),
      ...options.config,
    };
    writeFileSync(server.#configFile, JSON.stringify(config));
    await server.launch();
    await endWithTest(server);
    return server;
  }

  /** Starts the process, also after `kill`. */
  async launch(): Promise<void> {
    this.#child = await this.#spawn();
  }

  /** A second process with the same configuration; rejects with what it said when it ended. */
  async launchAnother(): Promise<void> {
    await this.#spawn();
  }

  async #spawn(): Promise<ChildProcess> {
    const command = [...this.#within, process.execPath, '--no-warnings', program];
    const child = spawn(command[0] as string, [...command.slice(1), '--config', this.#configFile], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let log = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      log += text;
      this.#log += text;
    });
    const ended = once(child, 'exit').then(([code]) => {
      throw new Error(`sandbox-server ended with ${code}:\n${log}`);
    });
    await Promise.race([once(child.stdout, 'data'), ended]);
    ended.catch(() => undefined);
    return child;
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }

  kill(): Promise<void> {
    return this.#end('SIGKILL');
  }

  /** Runs `begin`, and kills the server as soon as `moment` is there; then another one is started. */
  async killedWhen(moment: () => boolean, begin: () => Promise<unknown>): Promise<void> {
    let over = false;
    const end = (): void => void (over = true);
    const work = begin().then(end, end);
    while (!over && !moment()) await nextTurn();
    await this.kill();
    await work;
    await this.launch();
  }

  terminate(): Promise<void> {
    return this.#end('SIGTERM');
  }

  /** Standard output, standard error and status of a bash script in a sandbox. */
  async run(
    id: string,
    script: string,
    timeoutMs = 60_000,
  ): Promise<{ output: string; exitCode: number | null }> {
    let output = '';
    const collect = (chunk: Buffer) => {
      output += chunk.toString('utf8');
    };
    const request = { argv: ['/bin/bash', '-c', script], timeoutMs };
    const { exitCode } = await this.client.exec(id, request, { onStdout: collect, onStderr: collect });
    return { output, exitCode };
  }

  /** A new sandbox with Docker up. */
  async sandbox(): Promise<string> {
    const { id } = await this.client.create({});
    await this.client.view(id, { docker: 'wait' });
    return id;
  }

  /** Once, however often it is asked for. */
  [Symbol.asyncDispose](): Promise<void> {
    return (this.#ended ??= this.#endForGood());
  }

  async #endForGood(): Promise<void> {
    if (this.#child?.exitCode !== null || this.#child.signalCode !== null) await this.launch();
    for (const { id } of await this.client.list()) await this.client.destroy(id);
    const child = this.#child as ChildProcess;
    const ended = once(child, 'exit');
    const { request } = await import('node:http');
    request({ socketPath: this.socketPath, method: 'POST', path: '/v1/shutdown' }).end();
    await ended;
    rmSync(this.directory, { recursive: true, force: true });
    rmSync(this.runtimeDir, { recursive: true, force: true });
  }
}
