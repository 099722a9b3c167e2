/** Sandboxes as OCI containers on this host. Composes; what each part is and why stands in its own file. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { gatewayAddress } from '../../../protocol/machine-network.ts';
import type { EgressView, ExecExit, ExecRequest } from '../../../protocol/sandbox-api.ts';
import type { Config } from '../../config.ts';
import type {
  Created,
  CreateOptions,
  ExecOutput,
  FoundSandbox,
  HostRoom,
  Pty,
  RunawayListener,
  SandboxEngine,
} from '../../engine.ts';
import { Gateway } from '../../gateway/gateway.ts';
import { capabilityNames, hostBoundingSet } from './capabilities.ts';
import { detectCgroupHost } from './cgroup/detect.ts';
import { instanceCgroup, sandboxCgroup, type CgroupHost } from './cgroup/layout.ts';
import { CgroupWatch } from './cgroup-watch.ts';
import { Checkpoints } from './checkpoint/checkpoints.ts';
import { pingDocker } from './docker.ts';
import { execIn } from './exec.ts';
import { hostRoom } from './host-room.ts';
import { loadModules } from './kernel/modules.ts';
import { Lives } from './lives.ts';
import { Looks } from './looks.ts';
import type { Parts } from './machine-parts.ts';
import { OutOfMemoryWatch } from './out-of-memory-watch.ts';
import { pathsOf } from './paths.ts';
import { openPty } from './pty.ts';
import { Runtime } from './runtime.ts';
import { SandboxTable } from './sandbox-table.ts';
import { Usage } from './usage.ts';

const startDocker = '/usr/lib/chrootcamp/start-docker';
/** What containerd leaves there goes with the sandbox's processes. */
const startDockerOnce = ['/bin/sh', '-c', `[ -e /run/containerd ] || exec ${startDocker}`];

export class RuncEngine implements SandboxEngine {
  readonly #config: Config;
  readonly #log: Logger;
  readonly #gateway: Gateway;
  readonly #cgroups: CgroupHost;
  readonly #runtime: Runtime;
  readonly #lives: Lives;
  readonly #sandboxes = new SandboxTable();
  readonly #cgroupWatch: CgroupWatch | null;
  #onRunaway: RunawayListener = () => undefined;
  readonly checkpoints = new Checkpoints({
    pathsOf: (id) => this.#parts(id).paths,
    requireRunning: (id) => void this.#sandboxes.running(id),
    reserveBytes: () => this.#config.capacity.diskReserveBytes,
  });

  readonly #outOfMemory = new OutOfMemoryWatch({
    follow: (id, onEvent) => this.#cgroups.followOutOfMemory(this.#parts(id).cgroup, onEvent),
    log: () => this.#log,
  });

  readonly usage = new Usage({
    cgroups: () => this.#cgroups,
    partsOf: (id) => this.#parts(this.#sandboxes.running(id).state.id),
    egressRefused: (id) => this.egress().sandboxes.find((one) => one.id === id)?.limitReached ?? null,
    outOfMemory: this.#outOfMemory,
  });

  readonly looks = new Looks({
    partsOf: (id) => this.#parts(id),
    running: (id) => this.#sandboxes.running(id),
  });

  private constructor(config: Config, log: Logger, gateway: Gateway, cgroups: CgroupHost) {
    this.#config = config;
    this.#log = log;
    this.#gateway = gateway;
    this.#cgroups = cgroups;
    this.#runtime = new Runtime({
      program: config.runtime,
      root: join(config.runtimeDir, 'oci'),
      setsLimits: capabilityNames(hostBoundingSet()).includes('CAP_SYS_RESOURCE'),
    });
    this.#cgroupWatch =
      cgroups.census &&
      new CgroupWatch({
        census: cgroups.census,
        running: () => this.#sandboxes.boots.map(({ id }) => this.#parts(id)),
        onExcess: (id) => this.#onRunaway(id, 'TOO_MANY_CGROUPS'),
        onFault: (error) => log.error({ error }, 'the cgroups of sandboxes could not be counted'),
      });
    this.#lives = new Lives({
      config,
      sandboxes: this.#sandboxes,
      runtime: this.#runtime,
      cgroups,
      partsOf: (id) => this.#parts(id),
      log,
    });
  }

  static async open(config: Config, log: Logger): Promise<RuncEngine> {
    const [cgroups] = await Promise.all([detectCgroupHost(), loadModules(log)]);
    await mkdir(join(config.runtimeDir, 'sb'), { recursive: true, mode: 0o711 });
    await mkdir(config.stateDir, { recursive: true, mode: 0o700 });
    const directory = join(config.runtimeDir, 'gw');
    const gateway = await Gateway.start({ ...config, directory, gatewayAddress, log });
    return new RuncEngine(config, log, gateway, cgroups);
  }

  #parts(id: string): Parts {
    const [runtime, cgroups, gateway] = [this.#runtime, this.#cgroups, this.#gateway];
    return {
      id,
      paths: pathsOf(this.#config, id),
      cgroup: sandboxCgroup(this.#config.instance, id),
      runtime,
      cgroups,
      gateway,
      log: this.#log,
    };
  }

  create(options: CreateOptions): Promise<Created> {
    return this.#lives.create(options);
  }

  async claim(id: string): Promise<void> {
    await this.#lives.claim(id);
    this.#outOfMemory.begin(id);
  }

  stop(id: string): Promise<void> {
    return this.#lives.stop(id, () => this.#outOfMemory.end(id));
  }

  async start(id: string, options: { startsDocker: boolean }): Promise<{ bootId: string }> {
    const started = await this.#lives.start(id, options);
    this.#outOfMemory.begin(id);
    return started;
  }

  destroy(id: string): Promise<void> {
    this.#outOfMemory.end(id);
    return this.#lives.destroy(id);
  }

  async recover(): Promise<FoundSandbox[]> {
    const found = await this.#lives.recover();
    for (const { id, status, pooled } of found) {
      if (status === 'running' && !pooled) this.#outOfMemory.begin(id);
    }
    return found;
  }

  onRunaway(listener: RunawayListener): void {
    this.#onRunaway = listener;
  }

  kill(id: string): void {
    this.#sandboxes
      .bootOf(id)
      ?.kill()
      .catch((error: unknown) => this.#log.error({ id, error }, 'a sandbox could not be killed'));
  }

  get unended(): number {
    return this.#lives.unended;
  }

  get mostKept(): number {
    return this.#config.idRanges;
  }

  room(): Promise<HostRoom> {
    return hostRoom(this.#config.stateDir);
  }

  isRunning(id: string): boolean {
    return this.#sandboxes.bootOf(id) !== null;
  }

  async dockerAnswers(id: string): Promise<boolean> {
    const boot = this.#sandboxes.bootOf(id);
    return boot === null ? false : await pingDocker(boot.rootFd);
  }

  async startDocker(id: string, { unlessStartedBefore = false } = {}): Promise<void> {
    const nothing = () => undefined;
    const request = { argv: unlessStartedBefore ? startDockerOnce : [startDocker], timeoutMs: 20_000 };
    await this.exec(id, request, { onStdout: nothing, onStderr: nothing });
  }

  async exec(id: string, request: ExecRequest, output: ExecOutput): Promise<ExecExit> {
    this.#sandboxes.running(id);
    const openFiles = this.#lives.openFilesOf(id);
    const scratch = this.#parts(id).paths.runtime;
    return await execIn({ runtime: this.#runtime, id, openFiles, scratch }, request, output);
  }

  openPty(id: string, options: { cols: number; rows: number; cwd?: string }): Pty {
    this.#sandboxes.running(id);
    return openPty({ runtime: this.#runtime, id, openFiles: this.#lives.openFilesOf(id), ...options });
  }

  egress(): EgressView {
    return this.#gateway.egress();
  }

  /** Running sandboxes stay; only what belongs to this process ends. */
  async [Symbol.asyncDispose](): Promise<void> {
    const { boots } = this.#sandboxes;
    const anyRuns = boots.some((boot) => boot.isAlive());
    for (const boot of boots) boot.close();
    this.#outOfMemory[Symbol.dispose]();
    this.#cgroupWatch?.[Symbol.dispose]();
    await this.#gateway[Symbol.asyncDispose]();
    const anyStuck = this.#lives.unended > 0;
    this.#lives[Symbol.dispose]();
    // Stopped ones have no cgroup.
    if (!anyRuns && !anyStuck) await this.#cgroups.removeInstance(instanceCgroup(this.#config.instance));
  }
}
