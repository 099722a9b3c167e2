import type { namespaceKinds, ProcessCheck } from '../../protocol/checks/process.ts';
import type { ProcessSeen } from '../machine/process.ts';
import type { Facet } from '../nearest.ts';
import { span } from '../span.ts';
import { rightsFacets } from './process-rights.ts';
import { processRunning } from './process-running.ts';
import { samePath } from './same-path.ts';

/** What each namespace holds, in the words of the course; the plainest to see first, so that it is told first. */
export const namespaceNames = {
  pid: 'process ids (PID namespace)',
  net: 'network (network namespace)',
  uts: 'host name (UTS namespace)',
  mnt: 'mounts (mount namespace)',
  ipc: 'shared memory (IPC namespace)',
  user: 'user ids (user namespace)',
  cgroup: 'view of cgroups (cgroup namespace)',
} as const satisfies Record<(typeof namespaceKinds)[number], string>;

/** `init` is PID 1 of the learner's machine, whose namespaces are the ones "shared". */
export function processFacets(expect: ProcessCheck['expect'], init: ProcessSeen): Facet<ProcessSeen>[] {
  return [
    ...pathFacets(expect),
    ...idFacets(expect),
    ...namespaceFacets(expect, init),
    ...rightsFacets(expect, init),
  ];
}

function pathFacets(expect: ProcessCheck['expect']): Facet<ProcessSeen>[] {
  const paths = [
    { key: 'root', word: 'root directory', wanted: expect.root },
    { key: 'cwd', word: 'working directory', wanted: expect.cwd },
  ] as const;
  return paths.flatMap(({ key, word, wanted }) => {
    if (wanted === undefined) return [];
    const facet: Facet<ProcessSeen> = {
      asked: `with the ${word} ${span(wanted)}`,
      met: (process) => process[key] !== null && samePath(process[key], wanted),
      miss: (process) => {
        const seen = process[key];
        const fault = seen === null ? 'could not be read' : `is ${span(seen)}, not ${span(wanted)}`;
        return {
          sentence: `${processRunning(process)}, but its ${word} ${fault}.`,
          observed: seen === null ? `${word} unknown` : `${word} ${span(seen)}`,
        };
      },
    };
    return [facet];
  });
}

function idFacets(expect: ProcessCheck['expect']): Facet<ProcessSeen>[] {
  const ids = [
    { key: 'uid', word: 'user id', wanted: expect.uid },
    { key: 'gid', word: 'group id', wanted: expect.gid },
  ] as const;
  return ids.flatMap(({ key, word, wanted }) => {
    if (wanted === undefined) return [];
    const facet: Facet<ProcessSeen> = {
      asked: `as ${word} ${wanted}`,
      met: (process) => process[key] === wanted,
      miss: (process) => {
        const seen = `${word} ${process[key] ?? 'unknown'}`;
        return {
          sentence: `${processRunning(process)}, but as ${seen}; the task asks for ${wanted}.`,
          observed: seen,
        };
      },
    };
    return [facet];
  });
}

function namespaceFacets(expect: ProcessCheck['expect'], init: ProcessSeen): Facet<ProcessSeen>[] {
  const kinds = Object.keys(namespaceNames) as (keyof typeof namespaceNames)[];
  return kinds.flatMap((kind) => {
    const wanted = expect.namespaces?.[kind];
    if (wanted === undefined) return [];
    const name = namespaceNames[kind];
    const own = (process: ProcessSeen): boolean | null => {
      const [theirs, machines] = [process.ns[kind], init.ns[kind]];
      return theirs === undefined || machines === undefined ? null : theirs !== machines;
    };
    const facet: Facet<ProcessSeen> = {
      asked: wanted === 'own' ? `with its own ${name}` : `sharing the machine's ${name}`,
      met: (process) => own(process) === (wanted === 'own'),
      miss: (process) => {
        const seen = own(process);
        const fault = {
          true: `it has its own ${name}; the task asks that it share the machine's`,
          false: `it shares the machine's ${name}; the task asks for its own`,
          null: `its ${name} could not be read`,
        }[`${seen}`];
        return {
          sentence: `${processRunning(process)}, but ${fault}.`,
          observed: seen === null ? `${name} unknown` : `${seen ? 'own' : 'shared'} ${name}`,
        };
      },
    };
    return [facet];
  });
}
