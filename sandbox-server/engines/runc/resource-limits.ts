/** Resource limits (setrlimit(2)) of all that runs in a sandbox: open files, and no cores. */
import { readFileSync } from 'node:fs';

/** A sandbox may hold as many open files as the busiest servers ask for, where the host allows that many. */
const wanted = 1_048_576;

/** Programs that close every descriptor there might be take long with more; who needs more raises it by itself. */
const softOpenFiles = 65_536;

/** The hard limit sandboxes get: never above the host's own, which could not be granted. */
export function hardOpenFilesLimit(limits = readFileSync('/proc/self/limits', 'utf8')): number {
  const hard = /^Max open files\s+\S+\s+(\S+)/m.exec(limits)?.[1];
  return hard === undefined || hard === 'unlimited' ? wanted : Math.min(wanted, Number(hard));
}

/** `process.rlimits` of the OCI runtime specification. */
export function limitsInBundle(openFiles: number) {
  return [
    { type: 'RLIMIT_NOFILE', hard: openFiles, soft: Math.min(openFiles, softOpenFiles) },
    { type: 'RLIMIT_CORE', hard: 0, soft: 0 },
  ];
}

/** The same as options of prlimit(1). */
export function limitsForCommand(openFiles: number): string[] {
  return [`--nofile=${Math.min(openFiles, softOpenFiles)}:${openFiles}`, '--core=0'];
}
