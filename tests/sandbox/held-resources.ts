/** Everything a sandbox-server and its sandboxes hold of this host, counted: what adds up over many of them is a leak. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import type { RunningSandboxServer } from '../running-sandbox-server.ts';
import { leftoversOf } from './leftovers.ts';

const processIds = () =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);

/** Null where the process has ended meanwhile. */
function read<T>(look: () => T): T | null {
  try {
    return look();
  } catch {
    return null;
  }
}

export function relayPid({ runtimeDir }: { runtimeDir: string }): number {
  const isRelay = (pid: number) => {
    const command = read(() => readFileSync(`/proc/${pid}/cmdline`, 'latin1')) ?? '';
    return command.includes('relay/main.ts') && command.includes(`${runtimeDir}/`);
  };
  return processIds().find(isRelay) ?? 0;
}

/** What each descriptor of a process is: `socket`, `pipe`, `net` for a network namespace, or a path. */
function descriptors(pid: number): string[] {
  const names = read(() => readdirSync(`/proc/${pid}/fd`)) ?? [];
  return names.map((name) => read(() => readlinkSync(`/proc/${pid}/fd/${name}`)) ?? '');
}

/** Namespaces (nsfs) that a process holds open: they live on when nobody is in them any more. */
function heldNamespaces(pid: number): string[] {
  return descriptors(pid).filter((target) => /^(net|mnt|user|pid|ipc|uts|cgroup|time):\[/.test(target));
}

/** Processes that run as ids leased by this server, and users of kernel keys among these ids. */
export function ofLeasedIds({ idBase, idRanges }: RunningSandboxServer): {
  processes: number;
  keyUsers: number;
} {
  const isLeased = (uid: number) => uid >= idBase && uid < idBase + idRanges * 65_536;
  const uidOf = (pid: number) =>
    Number(/^Uid:\s+(\d+)/m.exec(read(() => readFileSync(`/proc/${pid}/status`, 'latin1')) ?? '')?.[1] ?? -1);
  const keyUsers = readFileSync('/proc/key-users', 'latin1')
    .split('\n')
    .map((line) => Number.parseInt(line, 10));
  return {
    processes: processIds().filter((pid) => isLeased(uidOf(pid))).length,
    keyUsers: keyUsers.filter(isLeased).length,
  };
}

/** What must be as before. */
export function heldResources(server: RunningSandboxServer) {
  const relay = relayPid(server);
  return {
    ...leftoversOf(server),
    ...ofLeasedIds(server),
    serverDescriptors: descriptors(server.pid).length,
    relayDescriptors: descriptors(relay).length,
    namespaces: [...heldNamespaces(server.pid), ...heldNamespaces(relay)],
  };
}

/** Kernel objects of the whole host, others' too, by the name of their slab; absent ones are 0. */
export function kernelObjects(): Record<string, number> {
  const wanted = ['net_namespace', 'user_namespace', 'pid_namespace', 'uts_namespace', 'mnt_cache'];
  const lines = readFileSync('/proc/slabinfo', 'latin1').split('\n');
  return Object.fromEntries(
    wanted.map((name) => [
      name,
      Number(lines.find((line) => line.startsWith(`${name} `))?.split(/\s+/)[1] ?? 0),
    ]),
  );
}

/** Private memory of a process, MB: what it would give back if it ended. */
export function privateMegabytes(pid: number): number {
  const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'latin1');
  const parts = [...text.matchAll(/^Private_(?:Clean|Dirty):\s+(\d+) kB/gm)];
  return parts.reduce((sum, [, kilobytes]) => sum + Number(kilobytes), 0) / 1024;
}
