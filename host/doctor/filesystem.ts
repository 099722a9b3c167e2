import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { attempt } from './attempt.ts';

/** The kernel has it, or could load it. */
export async function hasFilesystem(name: string): Promise<boolean> {
  const listed = readFileSync('/proc/filesystems', 'utf8')
    .split('\n')
    .some((line) => line.split('\t')[1] === name);
  return listed || (await attempt('modprobe', ['--dry-run', name])).ok;
}

/** The directory itself, or the nearest above it that is there. */
export function nearestExisting(directory: string): string {
  return existsSync(directory) ? directory : nearestExisting(path.dirname(directory));
}
