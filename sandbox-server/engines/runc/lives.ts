/** The life of sandboxes: made, handed out, stopped, started, ended, found again; and what is written down of each. */
import { mkdir } from 'node:fs/promises';
import type { Logger } from 'pino';
import { limitsOf, type LimitOverrides } from '../../../protocol/limits.ts';
import type { Config } from '../../config.ts';
import type { Created, CreateOptions, FoundSandbox } from '../../engine.ts';
import type { Boot } from './boot.ts';
import { capabilitiesWithin, hostBoundingSet } from './capabilities.ts';
import { backgroundWeights, instanceCgroup, type CgroupHost } from './cgroup/layout.ts';
import { adoptNextDisk, isLaidReady } from './checkpoint/checkpoint-files.ts';
import { checkDisk, formatDisk, makeDiskDirectories } from './disk.ts';
import { tellFullDisk } from './host-disk-full.ts';
import { IdLeases } from './lease.ts';
import { assemble, dismantle, type Parts } from './machine-parts.ts';
import { hardOpenFilesLimit } from './resource-limits.ts';
import { Parked } from './parked.ts';
import { describeFound, recoverSandboxes } from './recovery.ts';
import { removeForGood } from './remains.ts';
import type { Runtime } from './runtime.ts';
import type { SandboxTable } from './sandbox-table.ts';
import { newBootId, newState, writeState, type SandboxState } from './state-file.ts';

export interface LivesOptions {
  config: Config;
  /** Where they are entered. */
  sandboxes: SandboxTable;
  runtime: Runtime;
  cgroups: CgroupHost;
  partsOf: (id: string) => Parts;
  log: Logger;
}

export class Lives implements Disposable {
  readonly #config: Config;
  readonly #sandboxes: SandboxTable;
  readonly #runtime: Runtime;
  readonly #cgroups: CgroupHost;
  readonly #partsOf: LivesOptions['partsOf'];
  readonly #log: Logger;
  readonly #leases: IdLeases;
  readonly #capabilities = capabilitiesWithin(hostBoundingSet());
  readonly #hardOpenFiles = hardOpenFilesLimit();
  readonly #parked: Parked;

  constructor({ config, sandboxes, runtime, cgroups, partsOf, log }: LivesOptions) {
    this.#config = config;
    this.#sandboxes = sandboxes;
    this.#runtime = runtime;
    this.#cgroups = cgroups;
    this.#partsOf = partsOf;
    this.#log = log;
    this.#leases = new IdLeases({ base: config.idBase, ranges: config.idRanges });
    this.#parked = new Parked({ takeApart: (id) => this.#takeApart(id), log });
  }

  /** Destroyed, but held by the kernel. */
  get unended(): number {
    return this.#parked.count;
  }

  /** Of one process, at most. */
  openFilesOf(id: string): number {
    const { openFiles } = limitsOf(this.#config.limits, this.#sandboxes.get(id).state.limits);
    return Math.min(openFiles, this.#hardOpenFiles);
  }

  async #boot(
    state: SandboxState,
    prepareDisk: () => Promise<void>,
    { startsDocker, weights = {} }: { startsDocker: boolean; weights?: LimitOverrides },
  ): Promise<Boot> {
    const limits = limitsOf(limitsOf(this.#config.limits, state.limits), weights);
    return await assemble(
      {
        ...this.#partsOf(state.id),
        network: state.network,
        firstHostId: state.firstHostId,
        treePath: this.#config.treePath,
        limits,
        capabilities: this.#capabilities,
        openFiles: this.openFilesOf(state.id),
        startsDocker,
      },
      prepareDisk,
    );
  }

  create(options: CreateOptions): Promise<Created> {
    return tellFullDisk('making a sandbox', () => this.#create(options));
  }

  async #create({ id, network, limits: asked, inBackground, startsDocker }: CreateOptions): Promise<Created> {
    const firstHostId = this.#leases.take();
    const state = newState({ id, network, firstHostId, limits: asked });
    const sandbox = this.#sandboxes.add(state, null);
    const { paths } = this.#partsOf(id);
    try {
      await mkdir(paths.state, { recursive: true, mode: 0o700 });
      await writeState(paths.stateFile, state);
      const limits = limitsOf(this.#config.limits, asked);
      await formatDisk({ image: paths.diskImage, ...limits });
      const weights = inBackground ? backgroundWeights : {};
      sandbox.boot = await this.#boot(
        state,
        () => makeDiskDirectories({ disk: paths.disk, owner: firstHostId }),
        { startsDocker, weights },
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
    await this.#cgroups.weigh({ path: this.#partsOf(id).cgroup, ...limits });
  }

  /** What is written down is true before it is acted on. */
  async #change(id: string, change: Partial<SandboxState>): Promise<void> {
    const sandbox = this.#sandboxes.get(id);
    const state = { ...sandbox.state, ...change };
    const { stateFile } = this.#partsOf(id).paths;
    await tellFullDisk('writing down what becomes of a sandbox', () => writeState(stateFile, state));
    sandbox.state = state;
  }

  /** `onEnding`: from here on it ends. */
  async stop(id: string, onEnding: () => void): Promise<void> {
    const sandbox = this.#sandboxes.get(id);
    await this.#change(id, { wanted: 'stopped' });
    sandbox.ending = true;
    onEnding();
    const parts = this.#partsOf(id);
    await dismantle(parts, sandbox.boot, { discard: isLaidReady(parts.paths) });
    sandbox.boot = null;
  }

  async start(id: string, options: { startsDocker: boolean }): Promise<{ bootId: string }> {
    const sandbox = this.#sandboxes.get(id);
    if (this.#sandboxes.bootOf(id) !== null) return { bootId: sandbox.state.bootId };
    const parts = this.#partsOf(id);
    try {
      // What is left of an earlier boot would be in the way.
      await dismantle(parts, sandbox.boot, { discard: false });
      sandbox.boot = null;
      await adoptNextDisk(parts.paths);
      await checkDisk(parts.paths.diskImage);
      await this.#change(id, { wanted: 'running', bootId: newBootId() });
      sandbox.boot = await this.#boot(sandbox.state, async () => undefined, options);
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
    const parts = this.#partsOf(id);
    await dismantle(parts, sandbox.boot, { discard: true });
    await removeForGood(parts.paths.state);
    this.#sandboxes.delete(id);
    this.#leases.release(sandbox.state.firstHostId);
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
      partsOf: (id) => this.#partsOf(id),
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

  /** What is parked stays so for the next server. */
  [Symbol.dispose](): void {
    this.#parked[Symbol.dispose]();
  }
}
