import type { namespaceKinds, ProcessCheck } from '../../protocol/checks/process.ts';
import type { ProcessSeen } from '../machine/process.ts';
import type { Facet } from '../nearest.ts';
import { say, words } from '../say.ts';
import { span } from '../span.ts';
import { rightsFacets } from './process-rights.ts';
import { processRunning } from './process-running.ts';
import { samePath } from './same-path.ts';

/** What each namespace holds, in the words of the course; the plainest to see first, so that it is told first. */
export const namespaceNames = words({
  pid: 'process ids (PID namespace)',
  net: 'network (network namespace)',
  uts: 'host name (UTS namespace)',
  mnt: 'mounts (mount namespace)',
  ipc: 'shared memory (IPC namespace)',
  user: 'user ids (user namespace)',
  cgroup: 'view of cgroups (cgroup namespace)',
}) satisfies Record<(typeof namespaceKinds)[number], string>;

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
    { key: 'root', word: say`root directory`, wanted: expect.root },
    { key: 'cwd', word: say`working directory`, wanted: expect.cwd },
  ] as const;
  return paths.flatMap(({ key, word, wanted }) => {
    if (wanted === undefined) return [];
    const facet: Facet<ProcessSeen> = {
      asked: say`with the ${word} ${span(wanted)}`,
      met: (process) => process[key] !== null && samePath(process[key], wanted),
      miss: (process) => {
        const seen = process[key];
        const fault = seen === null ? say`could not be read` : say`is ${span(seen)}, not ${span(wanted)}`;
        return {
          sentence: say`${processRunning(process)}, but its ${word} ${fault}.`,
          observed: seen === null ? say`${word} unknown` : `${word} ${span(seen)}`,
        };
      },
    };
    return [facet];
  });
}

function idFacets(expect: ProcessCheck['expect']): Facet<ProcessSeen>[] {
  const ids = [
    { key: 'uid', word: say`user id`, wanted: expect.uid },
    { key: 'gid', word: say`group id`, wanted: expect.gid },
  ] as const;
  return ids.flatMap(({ key, word, wanted }) => {
    if (wanted === undefined) return [];
    const facet: Facet<ProcessSeen> = {
      asked: say`as ${word} ${wanted}`,
      met: (process) => process[key] === wanted,
      miss: (process) => {
        const seen = `${word} ${process[key] ?? say`unknown`}`;
        return {
          sentence: say`${processRunning(process)}, but as ${seen}; the task asks for ${wanted}.`,
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
      asked: wanted === 'own' ? say`with its own ${name}` : say`sharing the machine's ${name}`,
      met: (process) => own(process) === (wanted === 'own'),
      miss: (process) => {
        const seen = own(process);
        const fault = {
          true: say`it has its own ${name}; the task asks that it share the machine's`,
          false: say`it shares the machine's ${name}; the task asks for its own`,
          null: say`its ${name} could not be read`,
        }[`${seen}`];
        return {
          sentence: say`${processRunning(process)}, but ${fault}.`,
          observed: seen === null ? say`${name} unknown` : `${seen ? 'own' : 'shared'} ${name}`,
        };
      },
    };
    return [facet];
  });
}
