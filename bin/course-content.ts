/** Which course a command is about. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { repositoryRoot } from '../host/repository.ts';
import { CodedError } from '../protocol/errors.ts';
import type { OptionSpecs } from './command.ts';

export const contentOption = {
  course: { type: 'string', value: 'DIR', help: 'the course’s folder (default: the one of this program)' },
} as const satisfies OptionSpecs;

/** Relative where it lies below the present directory, as problems in it are shown. Throws USAGE for what is no course. */
export function contentDirFrom({ course }: { course: string | undefined }): string {
  if (course === undefined) return shown(path.join(repositoryRoot, 'content'));
  if (existsSync(path.join(course, 'modules'))) return shown(path.resolve(course));
  const message = `${course} is no course: it has no folder modules. Start one: chrootcamp course new module NAME --course ${course}`;
  throw new CodedError('USAGE', message);
}

/** The same for who is about to write a course there. */
export function newContentDirFrom({ course }: { course: string | undefined }): string {
  return course === undefined ? contentDirFrom({ course }) : shown(path.resolve(course));
}

function shown(dir: string): string {
  const relative = path.relative('.', dir);
  return relative === '' ? '.' : relative.startsWith('..') ? dir : relative;
}
