import type { Check, Exercise } from '../protocol/exercise.ts';

/** What a check's verdict can depend on. */
export const observables = ['docker', 'docker-events', 'files', 'processes', 'kernel', 'answers'] as const;
export type Observable = (typeof observables)[number];

/**
 * What may have changed after something happened, for `checksTouchedBy`. A Docker event may have started or ended
 * processes and, through mounts, written files; a command in a terminal may have done anything but type an answer.
 */
export const changedBy = {
  'docker-event': ['docker', 'docker-events', 'processes', 'files'],
  'docker-started-or-stopped': ['docker', 'docker-events', 'processes'],
  'command-finished': ['docker', 'docker-events', 'processes', 'files', 'kernel'],
  'file-changed': ['files'],
  'answer-typed': ['answers'],
} as const satisfies Record<string, readonly Observable[]>;

export function dependenciesOf(check: Check): readonly Observable[] {
  switch (check.kind) {
    case 'file':
      return ['files'];
    case 'process':
      return ['processes'];
    case 'container':
    case 'image':
      return ['docker'];
    case 'docker-event':
      return check.image === undefined ? ['docker-events'] : ['docker-events', 'docker'];
    case 'answer':
      return ['answers', answerSources[check.source.from]];
  }
}

const answerSources = {
  kernel: 'kernel',
  file: 'files',
  container: 'docker',
  image: 'docker',
  'docker-info': 'docker',
} as const satisfies Record<string, Observable>;

/** Ids of the checks whose verdict may be another now, in the exercise's order. */
export function checksTouchedBy(exercise: Exercise, cause: Observable | readonly Observable[]): string[] {
  const causes = typeof cause === 'string' ? [cause] : cause;
  return exercise.checks
    .filter((check) => dependenciesOf(check).some((dependency) => causes.includes(dependency)))
    .map((check) => check.id);
}
