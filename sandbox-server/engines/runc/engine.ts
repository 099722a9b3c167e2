/** Sandboxes as OCI containers on this host. Composes; what each part is and why stands in its own file. */
import { randomBytes } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { CodedError } from '../../../protocol/errors.ts';
import type { ExecExit, ExecRequest, FileView, RawProcess } from '../../../protocol/sandbox-api.ts';
import type { Config } from '../../config.ts';
import type { CreateOptions, ExecOutput, FoundSandbox, Pty, SandboxEngine } from '../../engine.ts';
import { Gateway } from '../../gateway/gateway.ts';
import { Boot } from './boot.ts';
import { capabilitiesWithin, hostBoundingSet } from './capabilities.ts';
import { detectCgroupHost } from './cgroup/detect.ts';
import { instanceCgroup, sandboxCgroup, type CgroupHost } from './cgroup/layout.ts';
import { dialSocket } from './dial.ts';
import { checkDisk, formatDisk, makeDiskDirectories } from './disk.ts';
import { pingDocker } from './docker.ts';
import { execIn, openPtyIn } from './exec.ts';
import { viewFile } from './file-view.ts';
import { IdLeases } from './lease.ts';
import { assemble, attachGateway, dismantle, type Parts } from './machine-parts.ts';
import { gatewayAddress } from './network.ts';
import { hardOpenFilesLimit } from './open-files.ts';
import { pathsOf } from './paths.ts';
import { describeProcesses, maxProcesses } from './processes.ts';
import { findRemains, setAside } from './remains.ts';
import { Runtime } from './runtime.ts';
import { readState, writeState, type SandboxState } from './state-file.ts';

interface Sandbox {
  state: SandboxState;
  boot: Boot | null;
}

export class RuncEngine implements SandboxEngine {
  readonly #config: Config;
  readonly #log: Logger;
  readonly #gateway: Gateway;
  readonly #cgroups: CgroupHost;
  readonly #runtime: Runtime;
  readonly #leases: IdLeases;
  readonly #capabilities = capabilitiesWithin(hostBoundingSet());
  readonly #sandboxes = new Map<string, Sandbox>();

  private constructor(config: Config, log: Logger, gateway: Gateway, cgroups: CgroupHost) {
    this.#config = config;
    this.#log = log;
    this.#gateway = gateway;
    this.#cgroups = cgroups;
    this.#runtime = new Runtime({ program: config.runtime, root: join(config.runtimeDir, 'oci') });
    this.#leases = new IdLeases({ base: config.idBase, ranges: config.idRanges });
  }

  static async open(config: Config, log: Logger): Promise<RuncEngine> {
    const cgroups = await detectCgroupHost();
    await mkdir(join(config.runtimeDir, 'sb'), { recursive: true, mode: 0o711 });
    await mkdir(config.stateDir, { recursive: true, mode: 0o700 });
    const { registryRoot, packageHosts, serviceUser } = config;
    const directory = join(config.runtimeDir, 'gw');
    const gateway = await Gateway.start({
      directory,
      registryRoot,
      packageHosts,
      serviceUser,
      gatewayAddress,
      log,
    });
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
    };
  }

  #get(id: string): Sandbox {
    const sandbox = this.#sandboxes.get(id);
    if (sandbox === undefined) throw new CodedError('SANDBOX_GONE', `there is no sandbox ${id}`);
    return sandbox;
  }

  #running(id: string): { state: SandboxState; boot: Boot } {
    const { state, boot } = this.#get(id);
    if (boot === null || !boot.isAlive()) {
      throw new CodedError('SANDBOX_NOT_RUNNING', `sandbox ${id} is not running; start it first`);
    }
    return { state, boot };
  }

  async #boot(state: SandboxState, prepareDisk: () => Promise<void>): Promise<Boot> {
    const { treePath, limits } = this.#config;
    return await assemble(
      {
        ...this.#parts(state.id),
        network: state.network,
        firstHostId: state.firstHostId,
        treePath,
        limits,
        capabilities: this.#capabilities,
        openFiles: hardOpenFilesLimit(),
      },
      prepareDisk,
    );
  }

  async create({ id, network }: CreateOptions): Promise<{ bootId: string; createdAt: string }> {
    const firstHostId = this.#leases.take();
    const state: SandboxState = {
      version: 1,
      id,
      network,
      firstHostId,
      createdAt: new Date().toISOString(),
      bootId: randomBytes(6).toString('hex'),
      pooled: true,
      wanted: 'running',
    };
    const sandbox: Sandbox = { state, boot: null };
    this.#sandboxes.set(id, sandbox);
    const { paths } = this.#parts(id);
    try {
      await mkdir(paths.state, { recursive: true, mode: 0o700 });
      await writeState(paths.stateFile, state);
      await formatDisk({ image: paths.diskImage, sizeBytes: this.#config.limits.diskBytes });
      sandbox.boot = await this.#boot(state, () =>
        makeDiskDirectories({ disk: paths.disk, owner: firstHostId }),
      );
      return { bootId: state.bootId, createdAt: state.createdAt };
    } catch (error) {
      await this.destroy(id);
      throw error;
    }
  }

  async claim(id: string): Promise<void> {
    await this.#change(id, { pooled: false });
  }

  async #change(id: string, change: Partial<SandboxState>): Promise<void> {
    const sandbox = this.#get(id);
    sandbox.state = { ...sandbox.state, ...change };
    await writeState(this.#parts(id).paths.stateFile, sandbox.state);
  }

  async stop(id: string): Promise<void> {
    const sandbox = this.#get(id);
    await this.#change(id, { wanted: 'stopped' });
    await dismantle(this.#parts(id), sandbox.boot, { discard: false });
    sandbox.boot = null;
  }

  async start(id: string): Promise<{ bootId: string }> {
    const sandbox = this.#get(id);
    if (sandbox.boot?.isAlive()) return { bootId: sandbox.state.bootId };
    const parts = this.#parts(id);
    try {
      // What is left of an earlier boot would be in the way.
      await dismantle(parts, sandbox.boot, { discard: false });
      sandbox.boot = null;
      await checkDisk(parts.paths.diskImage);
      await this.#change(id, { wanted: 'running', bootId: randomBytes(6).toString('hex') });
      sandbox.boot = await this.#boot(sandbox.state, async () => undefined);
    } catch (error) {
      await dismantle(parts, null, { discard: false });
      throw error;
    }
    return { bootId: sandbox.state.bootId };
  }

  async destroy(id: string): Promise<void> {
    const { state, boot } = this.#get(id);
    const parts = this.#parts(id);
    await dismantle(parts, boot, { discard: true });
    await rm(parts.paths.state, { recursive: true, force: true });
    this.#sandboxes.delete(id);
    this.#leases.release(state.firstHostId);
  }

  isRunning(id: string): boolean {
    return this.#sandboxes.get(id)?.boot?.isAlive() ?? false;
  }

  async dockerAnswers(id: string): Promise<boolean> {
    const boot = this.#sandboxes.get(id)?.boot;
    return boot?.isAlive() ? pingDocker(boot.rootFd) : false;
  }

  async startDocker(id: string): Promise<void> {
    const nothing = () => undefined;
    const request = { argv: ['/usr/lib/chrootcamp/start-docker'], timeoutMs: 20_000 };
    await this.exec(id, request, { onStdout: nothing, onStderr: nothing });
  }

  exec(id: string, request: ExecRequest, output: ExecOutput): Promise<ExecExit> {
    this.#running(id);
    return execIn({ runtime: this.#runtime, id, scratch: this.#parts(id).paths.runtime }, request, output);
  }

  openPty(id: string, options: { cols: number; rows: number; cwd?: string }): Pty {
    this.#running(id);
    return openPtyIn({ runtime: this.#runtime, id, scratch: this.#parts(id).paths.runtime }, options);
  }

  async viewFile(id: string, options: { path: string; maxBytes: number }): Promise<FileView> {
    const { boot, state } = this.#running(id);
    return viewFile({ rootFd: boot.rootFd, firstHostId: state.firstHostId, ...options });
  }

  async processes(id: string): Promise<RawProcess[]> {
    const { boot } = this.#running(id);
    const { cgroup } = this.#parts(id);
    const hostPids = await this.#cgroups.pids(cgroup, maxProcesses);
    return describeProcesses({ hostPids, initPid: boot.initPid, cgroupPrefix: cgroup });
  }

  async dial(id: string, path: string): Promise<Socket> {
    return await dialSocket({ rootFd: this.#running(id).boot.rootFd, path });
  }

  async recover(): Promise<FoundSandbox[]> {
    const { stateDir, runtimeDir, instance } = this.#config;
    const { running, kept, strays } = await findRemains({
      stateDir,
      runtimeDir,
      runtime: this.#runtime,
      cgroups: this.#cgroups,
      instanceCgroup: instanceCgroup(instance),
    });
    const found = await Promise.all(kept.map((id) => this.#recoverOne(id, running.get(id) ?? null)));
    for (const id of strays) await this.#dismantleStray(id, running.get(id) ?? null);
    return found.filter((one) => one !== null);
  }

  async #dismantleStray(id: string, initPid: number | null): Promise<void> {
    this.#log.warn({ id }, 'cleaning up what is left of a sandbox without a state file');
    await dismantle(this.#parts(id), initPid === null ? null : new Boot({ id, initPid }), { discard: true });
  }

  async #recoverOne(id: string, initPid: number | null): Promise<FoundSandbox | null> {
    const { paths } = this.#parts(id);
    const state = await readState(paths.stateFile).catch(async (error: unknown) => {
      this.#log.error({ id, error }, 'a sandbox has no readable state file; setting it aside');
      await this.#dismantleStray(id, initPid);
      await setAside(paths.state);
      return null;
    });
    if (state === null) return null;
    this.#leases.adopt(state.firstHostId);
    const boot = initPid === null ? null : new Boot({ id, initPid });
    const runs = boot !== null && boot.isAlive() && state.wanted === 'running';
    this.#sandboxes.set(id, { state, boot: runs ? boot : null });
    if (!runs) await dismantle(this.#parts(id), boot, { discard: false });
    else if (state.network === 'packages') await this.#reattach(id);
    const { network, createdAt, bootId, pooled } = state;
    return { id, network, createdAt, bootId, pooled, status: runs ? 'running' : 'stopped' };
  }

  /** A sandbox that cannot pull is still a learner's work: no reason to end it, nor the server. */
  async #reattach(id: string): Promise<void> {
    await attachGateway(this.#parts(id)).catch((error: unknown) => {
      this.#log.error({ id, error }, 'a running sandbox has lost its gateway');
    });
  }

  /** Running sandboxes stay; only what belongs to this process ends. */
  async [Symbol.asyncDispose](): Promise<void> {
    const boots = [...this.#sandboxes.values()].map(({ boot }) => boot);
    const anyRuns = boots.some((boot) => boot?.isAlive());
    for (const boot of boots) boot?.close();
    await this.#gateway[Symbol.asyncDispose]();
    // Stopped ones have no cgroup.
    if (!anyRuns) await this.#cgroups.removeInstance(instanceCgroup(this.#config.instance));
  }
}
