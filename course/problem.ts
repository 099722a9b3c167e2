import { CodedError } from '../protocol/errors.ts';

/** One fault of the course on disk. Lines and columns count from 1; null where the fault is of no particular line. */
export interface Problem {
  file: string;
  at: { line: number; column: number } | null;
  /** What was found, what was expected, what to do. */
  message: string;
  /** Anchor in docs/authoring.md, where more is said. */
  guide?: string;
}

/** `file:line:column: message`, the form that editors and terminals make clickable. */
export function problemLine(problem: Problem): string {
  const place = problem.at === null ? '' : `:${problem.at.line}:${problem.at.column}`;
  return `${problem.file}${place}: ${problem.message}`;
}

/** The same, and where more is said. */
export function problemWithGuide(problem: Problem): string {
  return `${problemLine(problem)}${problem.guide === undefined ? '' : ` (docs/authoring.md#${problem.guide})`}`;
}

/** EXERCISE_INVALID with every fault found in one reading, so that an author mends them all at once. */
export class CourseInvalid extends CodedError {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    const lines = problems.map(problemWithGuide);
    const message =
      lines.length === 1 ? lines[0]! : `${lines.length} faults in the course:\n  ${lines.join('\n  ')}`;
    super('EXERCISE_INVALID', message);
    this.name = 'CourseInvalid';
    this.problems = problems;
  }
}
