/** On v2 all is in one directory, whose event files tell watchers of themselves (cgroup-v2.rst, "memory.events"). */
import { existsSync, watch } from 'node:fs';
import { join } from 'node:path';
import { readField, readNumber, type CgroupUsage } from './usage.ts';

export async function readUsageV2(directory: string): Promise<CgroupUsage> {
  const [total, droppable, pids, usedUs, throttledUs] = await Promise.all([
    readNumber(join(directory, 'memory.current')),
    readField(join(directory, 'memory.stat'), 'inactive_file'),
    readNumber(join(directory, 'pids.current')),
    readField(join(directory, 'cpu.stat'), 'usage_usec'),
    readField(join(directory, 'cpu.stat'), 'throttled_usec'),
  ]);
  return {
    memoryBytes: Math.max(0, total - droppable),
    pids,
    cpuMs: usedUs / 1e3,
    throttledMs: throttledUs / 1e3,
  };
}

/** Refused forks. Returns what ends it. */
export function followV2(directory: string, inner: string, onEvent: () => void): () => void {
  // Older kernels count a refused fork where it was tried, newer ones where the limit is.
  return watchFiles([join(directory, 'pids.events'), join(inner, 'pids.events')], onEvent);
}

/** Returns what ends it. */
export function followOutOfMemoryV2(directory: string, onEvent: () => void): () => void {
  // The local one counts the limit of this very cgroup; what meets one of its own below is no news here.
  const memory = join(directory, 'memory.events.local');
  let seen: number | null = null;
  const look = async (): Promise<void> => {
    const count = await readField(memory, 'oom').catch(() => seen ?? 0);
    if (seen !== null && count > seen) onEvent();
    seen = count;
  };
  void look();
  return watchFiles([memory], () => void look());
}

function watchFiles(files: string[], onChange: () => void): () => void {
  const watchers = files
    .filter((file) => existsSync(file))
    .map((file) => {
      const watcher = watch(file, onChange);
      // It goes with the sandbox.
      return watcher.on('error', () => watcher.close());
    });
  return () => {
    for (const watcher of watchers) watcher.close();
  };
}
