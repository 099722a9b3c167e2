/** What the host has left for sandboxes. */
import { readFile, statfs } from 'node:fs/promises';
import type { HostRoom } from '../../engine.ts';

/** `stateDir`: where the disks lie. */
export async function hostRoom(stateDir: string): Promise<HostRoom> {
  const [meminfo, { bavail, bsize }] = await Promise.all([
    readFile('/proc/meminfo', 'latin1'),
    statfs(stateDir),
  ]);
  const available = /^MemAvailable:\s+(\d+) kB$/m.exec(meminfo)?.[1];
  return { memoryAvailableBytes: Number(available ?? 0) * 1024, diskFreeBytes: bavail * bsize };
}
