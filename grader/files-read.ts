/** Which paths of a machine a check looks at: what is worth following between causes, and whom a change concerns. */
import { dirname, join } from 'node:path/posix';
import type { NestedCheck } from '../protocol/checks/combined.ts';
import type { Check, Exercise } from '../protocol/exercise.ts';
import { seenInText } from './expression/parse.ts';

/** Absolute, each once. */
export function filesReadBy(check: Check | NestedCheck): string[] {
  switch (check.kind) {
    case 'file':
      return [check.path];
    case 'directory-tree': {
      // A directory is followed with what is directly in it.
      const directories = Object.keys(check.entries).map((entry) => dirname(join(check.path, entry)));
      return [...new Set([check.path, ...directories])];
    }
    case 'compose':
      return check.file === undefined ? [] : [check.file.path];
    case 'answer':
      if (check.source.from === 'expression') {
        return seenInText(check.source.value).flatMap((seen) => (seen.what === 'file' ? [seen.path] : []));
      }
      return check.source.from === 'file' ? [check.source.path] : [];
    case 'all':
    case 'any':
    case 'count':
      return [...new Set(check.checks.flatMap(filesReadBy))];
    case 'not':
      return filesReadBy(check.check);
    default:
      return [];
  }
}

/** Ids of the checks that look at one of the paths, in the exercise's order. */
export function checksReading(exercise: Exercise, paths: readonly string[]): string[] {
  return exercise.checks
    .filter((check) => filesReadBy(check).some((path) => paths.includes(path)))
    .map(({ id }) => id);
}
