import type { AnswerSource } from '../protocol/checks/answer.ts';
import type { NestedCheck } from '../protocol/checks/combined.ts';
import type { ProcessCheck } from '../protocol/checks/process.ts';
import type { Check, Exercise } from '../protocol/exercise.ts';
import { seenInText } from './expression/parse.ts';
import type { Seen } from './expression/tree.ts';

/** What a check's verdict can depend on. */
const observables = [
  'docker',
  'docker-events',
  'files',
  'processes',
  'mounts',
  'cgroups',
  'services',
  'scripts',
  'kernel',
  'answers',
] as const;
export type Observable = (typeof observables)[number];

/**
 * What may have changed after something happened, for `checksTouchedBy`. A Docker event may have started or ended
 * processes and, through mounts, written files; a command in a terminal may have done anything but type an answer.
 */
export const changedBy = {
  'docker-event': ['docker', 'docker-events', 'processes', 'files', 'mounts', 'cgroups', 'services'],
  'docker-started-or-stopped': ['docker', 'docker-events', 'processes', 'mounts', 'cgroups', 'services'],
  // Scripts are run for nothing else: one that uses Docker would be the cause of its next run.
  'command-finished': [
    'docker',
    'docker-events',
    'processes',
    'files',
    'mounts',
    'cgroups',
    'services',
    'scripts',
    'kernel',
  ],
  // Of what runs in the foreground, nobody tells when it has done what was asked of it.
  'line-entered': ['processes', 'files', 'mounts', 'cgroups', 'services'],
  'answer-typed': ['answers'],
} as const satisfies Record<string, readonly Observable[]>;

function dependenciesOf(check: Check | NestedCheck): readonly Observable[] {
  switch (check.kind) {
    case 'file':
    case 'directory-tree':
      return ['files'];
    case 'process':
      return [
        'processes',
        ...(namesContainer(check) ? (['docker'] as const) : []),
        ...(check.expect.limits === undefined ? [] : (['cgroups'] as const)),
      ];
    case 'namespace':
      return ['processes', 'docker', 'mounts'];
    case 'cgroup':
      return ['cgroups', 'processes'];
    case 'mount':
      return check.seenBy === undefined ? ['mounts'] : ['mounts', 'processes', 'docker'];
    case 'http':
    case 'registry':
      return ['services', 'docker'];
    case 'script':
      return ['scripts'];
    // Of one that is gone, the events tell.
    case 'container':
      return ['docker', 'docker-events'];
    case 'image':
    case 'volume':
    case 'network':
      return ['docker'];
    case 'compose':
      return check.file === undefined ? ['docker'] : ['docker', 'files'];
    case 'docker-event':
      return check.image === undefined ? ['docker-events'] : ['docker-events', 'docker'];
    case 'before': {
      const byImage = check.events.some((event) => event.image !== undefined);
      return byImage ? ['docker-events', 'docker'] : ['docker-events'];
    }
    case 'answer':
      return ['answers', ...answerDependencies(check.source)];
    case 'all':
    case 'any':
    case 'count':
      return [...new Set(check.checks.flatMap(dependenciesOf))];
    case 'not':
      return dependenciesOf(check.check);
  }
}

/** What it depends on may change without any event: a server that takes its time before it listens. */
export function comesLate(exercise: Exercise): boolean {
  return exercise.checks.some((check) => dependenciesOf(check).includes('services'));
}

function namesContainer({ find, expect }: Pick<ProcessCheck, 'find' | 'expect'>): boolean {
  const finds = [find, expect.sameNamespacesAs?.process, expect.differsFrom?.process];
  return finds.some((each) => each?.container !== undefined);
}

/** One that cannot be read depends on nothing; it is refused where the course is read. */
function answerDependencies(source: AnswerSource): Observable[] {
  if (source.from !== 'expression') return [answerSources[source.from]];
  return [...new Set(seenInText(source.value).map(({ what }) => seenSources[what]))];
}

const seenSources = {
  kernel: 'kernel',
  info: 'docker',
  containers: 'docker',
  images: 'docker',
  networks: 'docker',
  volumes: 'docker',
  container: 'docker',
  image: 'docker',
  processes: 'processes',
  file: 'files',
} as const satisfies Record<Seen['what'], Observable>;

const answerSources = {
  kernel: 'kernel',
  file: 'files',
  container: 'docker',
  image: 'docker',
  'docker-info': 'docker',
} as const satisfies Record<Exclude<AnswerSource['from'], 'expression'>, Observable>;

/** Ids of the checks whose verdict may be another now, in the exercise's order. */
export function checksTouchedBy(exercise: Exercise, cause: Observable | readonly Observable[]): string[] {
  const causes = typeof cause === 'string' ? [cause] : cause;
  return exercise.checks
    .filter((check) => dependenciesOf(check).some((dependency) => causes.includes(dependency)))
    .map((check) => check.id);
}
