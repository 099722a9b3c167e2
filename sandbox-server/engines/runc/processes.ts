/** What the kernel says of a sandbox's processes, from outside: nothing in it can be forged by a program inside. */
import { closeSync, openSync, readFileSync, readlinkSync, readSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { RawProcess } from '../../../protocol/sandbox-looks.ts';
import { startTicksOf } from './boot.ts';

export const maxProcesses = 2_000;
const namespaceKinds = ['mnt', 'uts', 'ipc', 'pid', 'net', 'user', 'cgroup', 'time'];
/** Bytes read of one file: a command line can be megabytes, or, set by prctl(2), all of a process's memory. */
const maxFileBytes = 16 * 1024;
/** Bytes of all command lines together; once they are used up each process has a short one. */
const maxCommandBytes = 1024 * 1024;
const shortCommandBytes = 256;
/** Reads are synchronous and short; between this many processes others get their turn. */
const processesPerTurn = 32;

function readStart(path: string, maxBytes: number): Buffer {
  const fd = openSync(path, 'r');
  try {
    const buffer = Buffer.alloc(maxBytes);
    let length = 0;
    for (let count = -1; count !== 0 && length < maxBytes; length += count) {
      count = readSync(fd, buffer, length, maxBytes - length, null);
    }
    return buffer.subarray(0, length);
  } finally {
    closeSync(fd);
  }
}

function link(path: string): string | null {
  try {
    return readlinkSync(path).slice(0, 4096);
  } catch {
    return null;
  }
}

/** Host pid to pid inside: the last of NSpid's that belongs to the sandbox's namespace depth (proc_pid_status(5)). */
export function insidePid(status: string, depth: number): number {
  const pids = /^NSpid:\s*(.*)$/m.exec(status)?.[1]?.split(/\s+/) ?? [];
  return Number(pids[depth] ?? 0);
}

function describe(hostPid: number, options: DescribeOptions): RawProcess | null {
  const directory = `/proc/${hostPid}`;
  try {
    const status = readStart(`${directory}/status`, maxFileBytes);
    const cmdline = readStart(`${directory}/cmdline`, options.commandBytes);
    const ns = namespaceKinds.map((kind) => [kind, link(`${directory}/ns/${kind}`) ?? ''] as const);
    const links = {
      root: link(`${directory}/root`),
      cwd: link(`${directory}/cwd`),
      exe: link(`${directory}/exe`),
    };
    const startTicks = startTicksOf(hostPid) ?? 0;
    // Last: a number that meanwhile names a process of the host must not tell the learner about that.
    const cgroup = readFileSync(`${directory}/cgroup`, 'latin1');
    if (!cgroup.includes(`${options.cgroupPrefix}/`)) return null;
    return {
      pid: insidePid(status.toString('latin1'), options.depth),
      status: status.toString('base64'),
      cmdline: cmdline.toString('base64'),
      ...links,
      ns: Object.fromEntries(ns),
      cgroup: cgroup.replaceAll(`${options.cgroupPrefix}/inner`, '').slice(0, maxFileBytes),
      startTicks,
    };
  } catch {
    // It ended while it was looked at.
    return null;
  }
}

/** How many pid namespaces lie above that of the sandbox's PID 1. */
export function pidDepth(initPid: number): number {
  const status = readFileSync(`/proc/${initPid}/status`, 'latin1');
  return (/^NSpid:\s*(.*)$/m.exec(status)?.[1]?.split(/\s+/).length ?? 1) - 1;
}

interface DescribeOptions {
  /** Path of the sandbox's cgroup on the host. */
  cgroupPrefix: string;
  /** How many pid namespaces lie above the sandbox's: index into NSpid. */
  depth: number;
  commandBytes: number;
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
  const depth = pidDepth(initPid);
  const found: RawProcess[] = [];
  let budget = maxCommandBytes;
  for (const [index, hostPid] of hostPids.entries()) {
    if (index > 0 && index % processesPerTurn === 0) await nextTurn();
    const commandBytes = budget > 0 ? maxFileBytes : shortCommandBytes;
    const one = describe(hostPid, { cgroupPrefix, depth, commandBytes });
    if (one === null) continue;
    found.push(one);
    budget -= Buffer.byteLength(one.cmdline, 'base64');
  }
  return found;
}
