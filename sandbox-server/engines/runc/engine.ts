/** Sandboxes as OCI containers on this host. Composes; what each part is and why stands in its own file. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { limitsOf, type LimitOverrides } from '../../../protocol/limits.ts';
import type { EgressView, ExecExit, ExecRequest } from '../../../protocol/sandbox-api.ts';
import type { Config } from '../../config.ts';
import type {
  Created,
  CreateOptions,
  ExecOutput,
  FoundSandbox,
  HostRoom,
  Pty,
  SandboxEngine,
} from '../../engine.ts';
import { Gateway } from '../../gateway/gateway.ts';
import { Boot } from './boot.ts';
import { capabilitiesWithin, hostBoundingSet } from './capabilities.ts';
import { detectCgroupHost } from './cgroup/detect.ts';
import { backgroundWeights, instanceCgroup, sandboxCgroup, type CgroupHost } from './cgroup/layout.ts';
import { adoptNextDisk, isLaidReady } from './checkpoint/checkpoint-files.ts';
import { Checkpoints } from './checkpoint/checkpoints.ts';
import { checkDisk, formatDisk, makeDiskDirectories } from './disk.ts';
import { pingDocker } from './docker.ts';
import { execIn } from './exec.ts';
import { hostRoom } from './host-room.ts';
import { loadModules } from './kernel/modules.ts';
import { IdLeases } from './lease.ts';
import { Looks } from './looks.ts';
import { assemble, dismantle, type Parts } from './machine-parts.ts';
import { gatewayAddress } from './network.ts';
import { hardOpenFilesLimit } from './open-files.ts';
import { Parked } from './parked.ts';
import { pathsOf } from './paths.ts';
import { openPty } from './pty.ts';
import { describeFound, recoverSandboxes } from './recovery.ts';
import { removeForGood } from './remains.ts';
import { Runtime } from './runtime.ts';
import { SandboxTable } from './sandbox-table.ts';
import { Usage } from './usage.ts';
import { newBootId, newState, writeState, type SandboxState } from './state-file.ts';

export class RuncEngine implements SandboxEngine {
  readonly #config: Config;
  readonly #log: Logger;
  readonly #gateway: Gateway;
  readonly #cgroups: CgroupHost;
  readonly #runtime: Runtime;
  readonly #leases: IdLeases;
  readonly #capabilities = capabilitiesWithin(hostBoundingSet());
  readonly #sandboxes = new SandboxTable();
  readonly #parked: Parked;
  readonly checkpoints = new Checkpoints({
    pathsOf: (id) => this.#parts(id).paths,
    requireRunning: (id) => void this.#sandboxes.running(id),
    reserveBytes: () => this.#config.capacity.diskReserveBytes,
  });

  readonly usage = new Usage({
    cgroups: () => this.#cgroups,
    partsOf: (id) => this.#parts(this.#sandboxes.running(id).state.id),
    egressRefusedAt: (id) => this.egress().sandboxes.find((one) => one.id === id)?.limitReached?.at ?? null,
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
    this.#runtime = new Runtime({ program: config.runtime, root: join(config.runtimeDir, 'oci') });
    this.#leases = new IdLeases({ base: config.idBase, ranges: config.idRanges });
    this.#parked = new Parked({ takeApart: (id) => this.#takeApart(id), log });
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

  async #boot(
    state: SandboxState,
    prepareDisk: () => Promise<void>,
    weights: LimitOverrides = {},
  ): Promise<Boot> {
    const limits = limitsOf(limitsOf(this.#config.limits, state.limits), weights);
    return await assemble(
      {
        ...this.#parts(state.id),
        network: state.network,
        firstHostId: state.firstHostId,
        treePath: this.#config.treePath,
        limits,
        capabilities: this.#capabilities,
        openFiles: Math.min(limits.openFiles, hardOpenFilesLimit()),
      },
      prepareDisk,
    );
  }

  async create({ id, network, limits: asked, inBackground }: CreateOptions): Promise<Created> {
    const firstHostId = this.#leases.take();
    const state = newState({ id, network, firstHostId, limits: asked });
    const sandbox = this.#sandboxes.add(state, null);
    const { paths } = this.#parts(id);
    try {
      await mkdir(paths.state, { recursive: true, mode: 0o700 });
      await writeState(paths.stateFile, state);
      const limits = limitsOf(this.#config.limits, asked);
      await formatDisk({ image: paths.diskImage, ...limits });
      const weights = inBackground ? backgroundWeights : {};
      sandbox.boot = await this.#boot(
        state,
        () => makeDiskDirectories({ disk: paths.disk, owner: firstHostId }),
        weights,
      );
      return { bootId: state.bootId, createdAt: state.createdAt, limits };
    } catch (error) {
      await this.destroy(id);
      throw error;
    }
  }

  async claim(id: string): Promise<void> {
    await this.#change(id, { pooled: false });
    const limits = limitsOf(this.#config.limits, this.#sandboxes.get(id).state.limits);
    await this.#cgroups.weigh({ path: this.#parts(id).cgroup, ...limits });
  }

  get mostKept(): number {
    return this.#config.idRanges;
  }

  room(): Promise<HostRoom> {
    return hostRoom(this.#config.stateDir);
  }

  async #change(id: string, change: Partial<SandboxState>): Promise<void> {
    const sandbox = this.#sandboxes.get(id);
    const state = { ...sandbox.state, ...change };
    await writeState(this.#parts(id).paths.stateFile, state);
    sandbox.state = state;
  }

  async stop(id: string): Promise<void> {
    const sandbox = this.#sandboxes.get(id);
    await this.#change(id, { wanted: 'stopped' });
    sandbox.ending = true;
    const parts = this.#parts(id);
    await dismantle(parts, sandbox.boot, { discard: isLaidReady(parts.paths) });
    sandbox.boot = null;
  }

  async start(id: string): Promise<{ bootId: string }> {
    const sandbox = this.#sandboxes.get(id);
    if (this.#sandboxes.bootOf(id) !== null) return { bootId: sandbox.state.bootId };
    const parts = this.#parts(id);
    try {
      // What is left of an earlier boot would be in the way.
      await dismantle(parts, sandbox.boot, { discard: false });
      sandbox.boot = null;
      await adoptNextDisk(parts.paths);
      await checkDisk(parts.paths.diskImage);
      await this.#change(id, { wanted: 'running', bootId: newBootId() });
      sandbox.boot = await this.#boot(sandbox.state, async () => undefined);
      sandbox.ending = false;
    } catch (error) {
      await dismantle(parts, null, { discard: false }).catch((leftBehind: unknown) =>
        this.#log.error({ id, error: leftBehind }, 'a sandbox that could not be started left something'),
      );
      throw error;
    }
    return { bootId: sandbox.state.bootId };
  }

  async destroy(id: string): Promise<void> {
    this.#sandboxes.get(id).ending = true;
    try {
      await this.#takeApart(id);
    } catch (error) {
      this.#parked.park(id, error);
      await this.#change(id, { wanted: 'gone' }).catch((fault: unknown) =>
        this.#log.error({ id, error: fault }, 'it could not be written down that a sandbox has ended'),
      );
    }
  }

  async #takeApart(id: string): Promise<void> {
    const sandbox = this.#sandboxes.get(id);
    const parts = this.#parts(id);
    await dismantle(parts, sandbox.boot, { discard: true });
    await removeForGood(parts.paths.state);
    this.#sandboxes.delete(id);
    this.#leases.release(sandbox.state.firstHostId);
  }

  isRunning(id: string): boolean {
    return this.#sandboxes.bootOf(id) !== null;
  }

  async dockerAnswers(id: string): Promise<boolean> {
    const boot = this.#sandboxes.bootOf(id);
    return boot === null ? false : await pingDocker(boot.rootFd);
  }

  async startDocker(id: string): Promise<void> {
    const nothing = () => undefined;
    const request = { argv: ['/usr/lib/chrootcamp/start-docker'], timeoutMs: 20_000 };
    await this.exec(id, request, { onStdout: nothing, onStderr: nothing });
  }

  async exec(id: string, request: ExecRequest, output: ExecOutput): Promise<ExecExit> {
    this.#sandboxes.running(id);
    return await execIn(
      { runtime: this.#runtime, id, scratch: this.#parts(id).paths.runtime },
      request,
      output,
    );
  }

  openPty(id: string, options: { cols: number; rows: number; cwd?: string }): Pty {
    this.#sandboxes.running(id);
    return openPty({ runtime: this.#runtime, id, ...options });
  }

  get unended(): number {
    return this.#parked.count;
  }

  egress(): EgressView {
    return this.#gateway.egress();
  }

  async recover(): Promise<FoundSandbox[]> {
    const { stateDir, runtimeDir, instance, limits } = this.#config;
    const { found, unended } = await recoverSandboxes({
      stateDir,
      runtimeDir,
      limits,
      runtime: this.#runtime,
      cgroups: this.#cgroups,
      instanceCgroup: instanceCgroup(instance),
      partsOf: (id) => this.#parts(id),
      log: this.#log,
    });
    for (const { state, boot } of found) {
      this.#leases.adopt(state.firstHostId);
      this.#sandboxes.add(state, boot);
    }
    for (const state of unended) {
      this.#leases.adopt(state.firstHostId);
      this.#sandboxes.add(state, null).ending = true;
      this.#parked.park(state.id, 'found again after a restart');
    }
    return found.map((one) => describeFound(one, limits));
  }

  /** Running sandboxes stay; only what belongs to this process ends. */
  async [Symbol.asyncDispose](): Promise<void> {
    const { boots } = this.#sandboxes;
    const anyRuns = boots.some((boot) => boot.isAlive());
    for (const boot of boots) boot.close();
    await this.#gateway[Symbol.asyncDispose]();
    const anyStuck = this.#parked.count > 0;
    this.#parked[Symbol.dispose]();
    // Stopped ones have no cgroup.
    if (!anyRuns && !anyStuck) await this.#cgroups.removeInstance(instanceCgroup(this.#config.instance));
  }
}
