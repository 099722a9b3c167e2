import type { NamespaceCheck, NamespaceOwner } from '../../protocol/checks/namespace.ts';
import type { namespaceKinds } from '../../protocol/checks/process.ts';
import type { ContainerSummary } from '../docker/container.ts';
import type { Evaluation } from '../evaluation.ts';
import { couldNotLook, fail, pass, unreadable, type Finding, type Question } from '../finding.ts';
import type { MountTable } from '../machine/mount.ts';
import type { ProcessSeen } from '../machine/process.ts';
import type { Observation } from '../observer.ts';
import type { Round } from '../round.ts';
import { say } from '../say.ts';
import { listed, span } from '../span.ts';
import { namespaceNames } from './process-facets.ts';
import { describeProcess, isFoundProcess } from './process-find.ts';

type Kind = (typeof namespaceKinds)[number];

/** Something that has namespaces. */
interface Holder {
  name: string;
  ns: Partial<Record<Kind, string | undefined>>;
}

interface Pair {
  of: Holder;
  beside: Holder;
  unread: Kind[];
  notSame: Kind[];
  notDifferent: Kind[];
}

export async function evaluateNamespace(check: NamespaceCheck, { round }: Evaluation): Promise<Finding> {
  const question: Question = { expected: expectation(check), where: say`the namespaces of your machine` };
  const seen = await look(check, round);
  if (!seen.ok) return couldNotLook(question, seen);
  const { processes, containers, tables } = seen.value;
  const init = processes.find(({ pid }) => pid === 1);
  if (init === undefined) return couldNotLook(question, unreadable(say`its first process was not found`));
  const holders = (owner: NamespaceOwner): Holder[] => {
    if (owner === 'machine') return [{ name: say`your machine`, ns: init.ns }];
    if ('netns' in owner) return namedNetworks(tables).filter(({ name }) => name === netnsName(owner.netns));
    return processes
      .filter((process) => process !== init && isFoundProcess(owner.process, process, containers))
      .map((process) => ({ name: say`process ${span(process.name)} (${process.pid})`, ns: process.ns }));
  };
  const [mine, theirs] = [holders(check.of), holders(check.beside)];
  for (const [owner, found] of [[check.of, mine] as const, [check.beside, theirs] as const]) {
    if (found.length > 0) continue;
    const there = 'netns' in Object(owner) ? [...new Set(namedNetworks(tables).map(({ name }) => name))] : [];
    // A mount below a shared one is there twice.
    const others = there.length === 0 ? '' : say` There is ${listed(there.slice(0, 4))}.`;
    return fail(question, {
      sentence: say`There is no ${ownerTold(owner)} yet.` + others,
      observed: say`nothing to compare`,
    });
  }
  const pairs = mine.flatMap((of) =>
    theirs.flatMap((beside) => (of.ns === beside.ns ? [] : [compare(check, of, beside)])),
  );
  const [nearest] = pairs.toSorted((left, right) => faultsIn(left) - faultsIn(right));
  if (nearest === undefined) {
    const sentence = say`There is nothing beside ${mine[0]!.name} to compare it with.`;
    return fail(question, { sentence, observed: say`nothing to compare` });
  }
  return conclude(question, check, nearest);
}

function conclude(question: Question, { same = [], different = [] }: NamespaceCheck, pair: Pair): Finding {
  const { of, beside, unread, notSame, notDifferent } = pair;
  if (unread.length > 0)
    return couldNotLook(question, unreadable(say`the ${names(unread)} could not be read`));
  if (notSame.length > 0) {
    const sentence = say`${capitalized(of.name)} does not share the ${names(notSame)} of ${beside.name}; the task asks that it do.`;
    return fail(question, { sentence, observed: say`its own ${names(notSame)}` }, faultsIn(pair));
  }
  if (notDifferent.length > 0) {
    const sentence = say`${capitalized(of.name)} shares the ${names(notDifferent)} of ${beside.name}; the task asks that it have its own.`;
    return fail(question, { sentence, observed: say`shared ${names(notDifferent)}` }, faultsIn(pair));
  }
  const parts = [
    ...(same.length === 0 ? [] : [say`shares the ${names(same)} of ${beside.name}`]),
    ...(different.length === 0 ? [] : [say`has its own ${names(different)} beside ${beside.name}`]),
  ];
  return pass(question, { sentence: `${capitalized(of.name)} ${listed(parts)}.`, observed: listed(parts) });
}

function compare({ same = [], different = [] }: NamespaceCheck, of: Holder, beside: Holder): Pair {
  const known = (kind: Kind): boolean => of.ns[kind] !== undefined && beside.ns[kind] !== undefined;
  return {
    of,
    beside,
    unread: [...same, ...different].filter((kind) => !known(kind)),
    notSame: same.filter((kind) => known(kind) && of.ns[kind] !== beside.ns[kind]),
    notDifferent: different.filter((kind) => known(kind) && of.ns[kind] === beside.ns[kind]),
  };
}

function faultsIn({ unread, notSame, notDifferent }: Pair): number {
  return unread.length + notSame.length + notDifferent.length;
}

/** `ip netns add NAME` keeps one alive by mounting it at /run/netns/NAME; the mount's root names it. */
function namedNetworks(tables: readonly MountTable[]): Holder[] {
  return tables.slice(0, 1).flatMap(({ mounts }) =>
    mounts.flatMap(({ target, type, root }) => {
      const name = /^(?:\/var)?\/run\/netns\/([^/]+)$/.exec(target)?.[1];
      return type !== 'nsfs' || name === undefined ? [] : [{ name: netnsName(name), ns: { net: root } }];
    }),
  );
}

function netnsName(name: string): string {
  return say`network namespace ${span(name)}`;
}

function ownerTold(owner: NamespaceOwner): string {
  if (owner === 'machine') return say`machine`;
  return 'netns' in owner ? netnsName(owner.netns) : describeProcess(owner.process);
}

function expectation({ of, beside, same = [], different = [] }: NamespaceCheck): string {
  const other = beside === 'machine' ? say`your machine` : say`a ${ownerTold(beside)}`;
  return [
    say`a ${ownerTold(of)}`,
    ...(same.length === 0 ? [] : [say`sharing the ${names(same)} of ${other}`]),
    ...(different.length === 0 ? [] : [say`with other ${names(different)} than ${other}`]),
  ].join(', ');
}

function names(kinds: readonly Kind[]): string {
  return listed(kinds.map((kind) => namespaceNames[kind]));
}

function capitalized(text: string): string {
  return text.replace(/^./, (letter) => letter.toUpperCase());
}

interface Looks {
  processes: readonly ProcessSeen[];
  containers: readonly ContainerSummary[];
  tables: readonly MountTable[];
}

/** Docker and the mounts only where they are needed to tell who is meant. */
async function look({ of, beside }: NamespaceCheck, round: Round): Promise<Observation<Looks>> {
  const owners = [of, beside].filter((owner) => owner !== 'machine');
  const byContainer = owners.some((owner) => 'process' in owner && owner.process.container !== undefined);
  const byName = owners.some((owner) => 'netns' in owner);
  const [processes, containers, tables] = await Promise.all([
    round.processes(),
    byContainer ? round.containers() : ({ ok: true, value: [] } as const),
    byName ? round.mounts() : ({ ok: true, value: [] } as const),
  ]);
  if (!processes.ok) return processes;
  if (!containers.ok) return containers;
  if (!tables.ok) return tables;
  return {
    ok: true,
    value: { processes: processes.value, containers: containers.value, tables: tables.value },
  };
}
