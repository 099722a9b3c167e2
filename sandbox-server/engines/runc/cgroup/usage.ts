/** What a cgroup uses, read from the kernel's files. */
import { readFile } from 'node:fs/promises';

export interface CgroupUsage {
  memoryBytes: number;
  pids: number;
  cpuMs: number;
  /** How long something in it was held back by the ceiling of its CPU time; of several CPUs together. */
  throttledMs: number;
}

export async function readNumber(file: string): Promise<number> {
  return Number(await readFile(file, 'utf8'));
}

/** A field of a file like memory.stat or cpu.stat; 0 where this kernel does not have it. */
export async function readField(file: string, name: string): Promise<number> {
  const text = await readFile(file, 'utf8');
  return Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(text)?.[1] ?? 0);
}
