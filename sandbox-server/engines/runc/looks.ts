/** Looks into running sandboxes, from outside: by the kernel's word and bounded reads, never by a program inside. */
import type { Socket } from 'node:net';
import type { FileView, RawCgroup, RawMountTable, RawProcess } from '../../../protocol/sandbox-api.ts';
import type { Footprint, SandboxLooks } from '../../engine.ts';
import { viewCgroup } from './cgroup/view.ts';
import { dialTcp } from './dial-tcp.ts';
import { dialSocket } from './dial.ts';
import { viewFile } from './file-view.ts';
import { footprint } from './footprint.ts';
import type { Parts } from './machine-parts.ts';
import { readMountTables } from './mount-tables.ts';
import { describeProcesses, maxProcesses } from './processes.ts';
import type { SandboxTable } from './sandbox-table.ts';

export interface LooksOptions {
  partsOf: (id: string) => Parts;
  /** Throws SANDBOX_NOT_RUNNING. */
  running: SandboxTable['running'];
}

export class Looks implements SandboxLooks {
  readonly #options: LooksOptions;

  constructor(options: LooksOptions) {
    this.#options = options;
  }

  async viewFile(id: string, options: { path: string; maxBytes: number }): Promise<FileView> {
    const { boot, state } = this.#options.running(id);
    return viewFile({ rootFd: boot.rootFd, firstHostId: state.firstHostId, ...options });
  }

  async processes(id: string): Promise<RawProcess[]> {
    return describeProcesses(await this.#processesOf(id));
  }

  async mountTables(id: string): Promise<RawMountTable[]> {
    return readMountTables(await this.#processesOf(id));
  }

  async viewCgroup(id: string, path: string): Promise<RawCgroup> {
    this.#options.running(id);
    const { cgroups, cgroup } = this.#options.partsOf(id);
    return viewCgroup({ host: cgroups, cgroup, path });
  }

  async footprint(id: string): Promise<Footprint> {
    const { paths, cgroup, cgroups } = this.#options.partsOf(id);
    const { hostPids } = await this.#processesOf(id);
    return footprint({ hostPids, diskImage: paths.diskImage, cgroups, cgroup });
  }

  async dial(id: string, path: string): Promise<Socket> {
    return await dialSocket({ rootFd: this.#options.running(id).boot.rootFd, path });
  }

  async dialTcp(id: string, to: { address: string; port: number }): Promise<Socket> {
    return await dialTcp({ initPid: this.#options.running(id).boot.initPid, ...to });
  }

  async #processesOf(id: string): Promise<{ hostPids: number[]; initPid: number; cgroupPrefix: string }> {
    const { running, partsOf } = this.#options;
    running(id);
    const { cgroup, cgroups } = partsOf(id);
    const hostPids = await cgroups.pids(cgroup, maxProcesses);
    // Again: it may have ended meanwhile.
    const { boot } = running(id);
    return { hostPids, initPid: boot.initPid, cgroupPrefix: cgroup };
  }
}
