/** Looks into running sandboxes, from outside: by the kernel's word and bounded reads, never by a program inside. */
import type { Socket } from 'node:net';
import { CodedError } from '../../../protocol/errors.ts';
import type { FileView, RawCgroup, RawMountTable, RawProcess } from '../../../protocol/sandbox-looks.ts';
import type { FileFollow, Footprint, SandboxLooks } from '../../engine.ts';
import { viewCgroup } from './cgroup/view.ts';
import { dialTcp } from './dial-tcp.ts';
import { dialSocket } from './dial.ts';
import { viewFile } from './file-view.ts';
import { FileWatch } from './file-watch/file-watch.ts';
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

/** More than a learner's open lessons. */
const maxFollowers = 8;

export class Looks implements SandboxLooks {
  readonly #options: LooksOptions;
  /** Who follows files, by sandbox. */
  readonly #followers = new Map<string, number>();

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

  followFiles(id: string, { paths, onReport, onEnd }: FileFollow): Disposable {
    const count = this.#followers.get(id) ?? 0;
    if (count >= maxFollowers) {
      throw new CodedError('TOO_MANY', `${count} follow files of sandbox ${id}, the most there may be`);
    }
    const rootFd = (): number => this.#options.running(id).boot.rootFd;
    const { closed } = this.#options.running(id).boot;
    const watch = new FileWatch({ rootFd, paths, onChange: onReport, onEnd });
    closed.addEventListener('abort', onEnd, { once: true });
    this.#followers.set(id, count + 1);
    onReport({ paths: [], incomplete: watch.incomplete });
    let isOpen = true;
    return {
      [Symbol.dispose]: () => {
        if (!isOpen) return;
        isOpen = false;
        closed.removeEventListener('abort', onEnd);
        watch[Symbol.dispose]();
        const left = (this.#followers.get(id) ?? 1) - 1;
        if (left === 0) this.#followers.delete(id);
        else this.#followers.set(id, left);
      },
    };
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
