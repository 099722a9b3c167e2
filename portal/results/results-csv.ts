import type { ExerciseResult, Results } from '../../protocol/results.ts';

const columns = [
  'learnerId',
  'exerciseId',
  'title',
  'firstTriedAt',
  'earnedAt',
  'secondsToEarn',
  'tries',
  'hintsUsed',
  'hintsGiven',
  'solutionSeenAt',
  'earnedWithSolution',
] as const;

/** RFC 4180, one line an exercise, with a header; nothing is an empty field. */
export function resultsCsv(results: readonly Results[]): string {
  const lines = results.flatMap(({ learnerId, exercises }) =>
    exercises.map((result) => {
      const row: ExerciseResult & { learnerId: string } = { learnerId, ...result };
      return columns.map((column) => field(row[column])).join(',');
    }),
  );
  return `${[columns.join(','), ...lines].join('\r\n')}\r\n`;
}

function field(value: string | number | boolean | null): string {
  const text = value === null ? '' : String(value);
  // A spreadsheet would take these for the beginning of a formula.
  const plain = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
