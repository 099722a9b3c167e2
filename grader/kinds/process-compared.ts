import type { namespaceKinds, ProcessCheck } from '../../protocol/checks/process.ts';
import type { ProcessSeen } from '../machine/process.ts';
import type { Facet } from '../nearest.ts';
import { say } from '../say.ts';
import { listed } from '../span.ts';
import { namespaceNames } from './process-facets.ts';
import { describeProcess, type ProcessFind } from './process-find.ts';
import { processRunning } from './process-running.ts';

type Comparison = NonNullable<ProcessCheck['expect']['sameNamespacesAs']>;
type Kind = (typeof namespaceKinds)[number];

/** Two processes beside each other. `find` gives what another `find` selects. */
export function comparisonFacets(
  { sameNamespacesAs, differsFrom }: ProcessCheck['expect'],
  find: (wanted: ProcessFind) => readonly ProcessSeen[],
): Facet<ProcessSeen>[] {
  return [
    ...(sameNamespacesAs === undefined ? [] : [comparisonFacet('same', sameNamespacesAs, find)]),
    ...(differsFrom === undefined ? [] : [comparisonFacet('other', differsFrom, find)]),
  ];
}

function comparisonFacet(
  wanted: 'same' | 'other',
  { process: otherFind, namespaces }: Comparison,
  find: (wanted: ProcessFind) => readonly ProcessSeen[],
): Facet<ProcessSeen> {
  const found = find(otherFind);
  const other = describeProcess(otherFind);
  const others = (process: ProcessSeen): ProcessSeen[] => found.filter(({ pid }) => pid !== process.pid);
  const isMet = (process: ProcessSeen): boolean => {
    const rest = others(process);
    if (rest.length === 0) return false;
    return wanted === 'same'
      ? rest.some((each) => namespaces.every((kind) => relation(kind, process, each) === 'same'))
      : rest.every((each) => namespaces.every((kind) => relation(kind, process, each) === 'other'));
  };
  const names = listed(namespaces.map((kind) => namespaceNames[kind]));
  return {
    asked:
      wanted === 'same' ? say`sharing the ${names} of a ${other}` : say`with other ${names} than a ${other}`,
    met: isMet,
    miss: (process) => {
      const running = processRunning(process);
      const nearest = others(process).map((each) => faults(wanted, namespaces, process, each));
      const [fewest] = nearest.filter((kinds) => kinds.length > 0).toSorted((a, b) => a.length - b.length);
      if (fewest === undefined) {
        return {
          sentence: say`${running}, but there is no ${other} to compare it with.`,
          observed: say`no ${other}`,
        };
      }
      const unread = fewest.find(({ is }) => is === 'unknown');
      if (unread !== undefined) {
        const what = say`its ${namespaceNames[unread.kind]}`;
        return {
          sentence: say`${running}, but ${what} could not be compared.`,
          observed: say`${what} unknown`,
        };
      }
      const kinds = listed(fewest.map(({ kind }) => namespaceNames[kind]));
      const does = wanted === 'same' ? say`does not share the ${kinds}` : say`shares the ${kinds}`;
      const task = wanted === 'same' ? say`that it do` : say`that it have its own`;
      return {
        sentence: say`${running}, but it ${does} of the ${other}; the task asks ${task}.`,
        observed: say`${does} of it`,
      };
    },
  };
}

type Relation = 'same' | 'other' | 'unknown';

function relation(kind: Kind, left: ProcessSeen, right: ProcessSeen): Relation {
  const [mine, theirs] = [left.ns[kind], right.ns[kind]];
  if (mine === undefined || theirs === undefined) return 'unknown';
  return mine === theirs ? 'same' : 'other';
}

function faults(
  wanted: 'same' | 'other',
  namespaces: readonly Kind[],
  left: ProcessSeen,
  right: ProcessSeen,
): { kind: Kind; is: Relation }[] {
  return namespaces
    .map((kind) => ({ kind, is: relation(kind, left, right) }))
    .filter(({ is }) => is !== wanted);
}
