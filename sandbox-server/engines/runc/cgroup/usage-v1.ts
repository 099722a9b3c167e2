/** On v1 each controller has its own directory, and out of memory is told through an eventfd (memcg_test.txt, memory.txt 9). */
import { spawn } from 'node:child_process';
import { closeSync, openSync, watch, writeSync } from 'node:fs';
import { join } from 'node:path';
import { checked, libc } from '../kernel/libc.ts';
import { readField, readNumber, type CgroupUsage } from './usage.ts';

type At = (controller: string, path: string) => string | undefined;

const eventfd = libc.func('int eventfd(unsigned int initial, int flags)');
const EFD_CLOEXEC = 0o2000000;

export async function readUsageV1(at: At, path: string): Promise<CgroupUsage> {
  const [memory, pids, cpu, cpuacct] = ['memory', 'pids', 'cpu', 'cpuacct'].map((name) => at(name, path));
  const [total, droppable, processes, usedNs, throttledNs] = await Promise.all([
    readNumber(join(memory as string, 'memory.usage_in_bytes')),
    readField(join(memory as string, 'memory.stat'), 'total_inactive_file'),
    readNumber(join(pids as string, 'pids.current')),
    cpuacct === undefined ? 0 : readNumber(join(cpuacct, 'cpuacct.usage')),
    cpu === undefined ? 0 : readField(join(cpu, 'cpu.stat'), 'throttled_time'),
  ]);
  const memoryBytes = Math.max(0, total - droppable);
  return { memoryBytes, pids: processes, cpuMs: usedNs / 1e6, throttledMs: throttledNs / 1e6 };
}

/** Refused forks. Returns what ends it. */
export function followV1(at: At, inner: string, onEvent: () => void): () => void {
  const forks = at('pids', inner);
  if (forks === undefined) return () => undefined;
  const watcher = watch(join(forks, 'pids.events'), onEvent);
  // It goes with the sandbox.
  watcher.on('error', () => watcher.close());
  return () => watcher.close();
}

/**
 * Only the limit of this very cgroup counts: what meets one of its own below (`docker run -m`) is no news here. Node
 * cannot wait for an eventfd, and a thread that blocks on it would be missed elsewhere: so `cat` waits for us, and dies
 * with us.
 */
export function followOutOfMemoryV1(at: At, path: string, onEvent: () => void): () => void {
  const memory = at('memory', path) as string;
  const event = checked('eventfd', memory, eventfd(0, EFD_CLOEXEC) as number);
  const control = openSync(join(memory, 'memory.oom_control'), 'r');
  const register = openSync(join(memory, 'cgroup.event_control'), 'w');
  try {
    writeSync(register, `${event} ${control}`);
    const child = spawn('setpriv', ['--pdeathsig', 'KILL', 'cat'], { stdio: [event, 'pipe', 'ignore'] });
    child.on('error', () => undefined);
    child.stdout?.on('data', onEvent);
    return () => child.kill('SIGKILL');
  } finally {
    for (const fd of [register, control, event]) closeSync(fd);
  }
}
