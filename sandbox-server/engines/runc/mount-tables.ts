/** The mounts that a sandbox's processes see, one table for each mount namespace and root directory among them. */
import { closeSync, openSync, readFileSync, readlinkSync, readSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { RawMountTable } from '../../../protocol/sandbox-looks.ts';
import { insidePid, pidDepth } from './processes.ts';

/** A machine with a container or two has as many; a learner can make more than anybody wants to read. */
const maxTables = 60;
const maxTableBytes = 128 * 1024;
const maxTotalBytes = 1024 * 1024;
/** Reads are synchronous and short; between this many processes others get their turn. */
const processesPerTurn = 64;

export interface MountTablesOptions {
  hostPids: number[];
  initPid: number;
  cgroupPrefix: string;
}

/** PID 1's comes first. Which processes are the sandbox's was told by its cgroup, and is asked again after each look. */
export async function readMountTables({
  hostPids,
  initPid,
  cgroupPrefix,
}: MountTablesOptions): Promise<RawMountTable[]> {
  const depth = pidDepth(initPid);
  const tables = new Map<string, RawMountTable>();
  let total = 0;
  for (const [index, hostPid] of [initPid, ...hostPids].entries()) {
    if (tables.size === maxTables || total >= maxTotalBytes) break;
    if (index > 0 && index % processesPerTurn === 0) await nextTurn();
    try {
      const ns = readlinkSync(`/proc/${hostPid}/ns/mnt`);
      const root = readlinkSync(`/proc/${hostPid}/root`).slice(0, 4096);
      const key = `${ns} ${root}`;
      if (tables.has(key)) continue;
      const bytes = readStart(`/proc/${hostPid}/mountinfo`);
      const pid = insidePid(readFileSync(`/proc/${hostPid}/status`, 'latin1'), depth);
      if (!readFileSync(`/proc/${hostPid}/cgroup`, 'latin1').includes(`${cgroupPrefix}/`)) continue;
      total += bytes.length;
      const truncated = bytes.length === maxTableBytes;
      tables.set(key, { pid, ns, root, mountinfo: bytes.toString('base64'), truncated });
    } catch {
      // It ended while it was looked at.
    }
  }
  return [...tables.values()];
}

function readStart(path: string): Buffer {
  const fd = openSync(path, 'r');
  try {
    const buffer = Buffer.alloc(maxTableBytes);
    let length = 0;
    for (let count = -1; count !== 0 && length < maxTableBytes; length += count) {
      count = readSync(fd, buffer, length, maxTableBytes - length, null);
    }
    return buffer.subarray(0, length);
  } finally {
    closeSync(fd);
  }
}
