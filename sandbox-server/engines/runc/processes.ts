/** What the kernel says of a sandbox's processes, from outside: nothing in it can be forged by a program inside. */
import { readFileSync, readlinkSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { RawProcess } from '../../../protocol/sandbox-api.ts';
import { startTicksOf } from './boot.ts';

export const maxProcesses = 2_000;
const namespaceKinds = ['mnt', 'uts', 'ipc', 'pid', 'net', 'user', 'cgroup', 'time'];
/** Bytes of one file; a command line can be megabytes. */
const maxFileBytes = 16 * 1024;
/** Reads are synchronous and short; between this many processes others get their turn. */
const processesPerTurn = 32;

function link(path: string): string | null {
  try {
    return readlinkSync(path).slice(0, 4096);
  } catch {
    return null;
  }
}

/** Host pid to pid inside: the last of NSpid's that belongs to the sandbox's namespace depth (proc_pid_status(5)). */
function insidePid(status: string, depth: number): number {
  const pids = /^NSpid:\s*(.*)$/m.exec(status)?.[1]?.split(/\s+/) ?? [];
  return Number(pids[depth] ?? 0);
}

function describe(hostPid: number, options: DescribeOptions): RawProcess | null {
  const directory = `/proc/${hostPid}`;
  try {
    const status = readFileSync(`${directory}/status`);
    const cmdline = readFileSync(`${directory}/cmdline`).subarray(0, maxFileBytes);
    const cgroup = readFileSync(`${directory}/cgroup`, 'latin1').replaceAll(
      `${options.cgroupPrefix}/inner`,
      '',
    );
    const ns = namespaceKinds.map((kind) => [kind, link(`${directory}/ns/${kind}`) ?? ''] as const);
    return {
      pid: insidePid(status.toString('latin1'), options.depth),
      status: status.toString('base64'),
      cmdline: cmdline.toString('base64'),
      root: link(`${directory}/root`),
      cwd: link(`${directory}/cwd`),
      exe: link(`${directory}/exe`),
      ns: Object.fromEntries(ns),
      cgroup: cgroup.slice(0, maxFileBytes),
      startTicks: startTicksOf(hostPid) ?? 0,
    };
  } catch {
    // It ended while it was looked at.
    return null;
  }
}

interface DescribeOptions {
  /** Path of the sandbox's cgroup on the host. */
  cgroupPrefix: string;
  /** How many pid namespaces lie above the sandbox's: index into NSpid. */
  depth: number;
}

export interface ProcessesOptions {
  hostPids: number[];
  initPid: number;
  cgroupPrefix: string;
}

export async function describeProcesses({
  hostPids,
  initPid,
  cgroupPrefix,
}: ProcessesOptions): Promise<RawProcess[]> {
  const initStatus = readFileSync(`/proc/${initPid}/status`, 'latin1');
  const depth = (/^NSpid:\s*(.*)$/m.exec(initStatus)?.[1]?.split(/\s+/).length ?? 1) - 1;
  const found: RawProcess[] = [];
  for (const [index, hostPid] of hostPids.entries()) {
    if (index > 0 && index % processesPerTurn === 0) await nextTurn();
    const one = describe(hostPid, { cgroupPrefix, depth });
    if (one !== null) found.push(one);
  }
  return found;
}
