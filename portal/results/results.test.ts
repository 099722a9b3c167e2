import { expect, test } from 'vitest';
import { resultsCsv } from './results-csv.ts';
import { resultsOf } from './results.ts';

const items = [
  { id: 'm/l/first', exercise: { title: 'The first, "quoted"', hints: ['a', 'b'] } },
  { id: 'm/l/second', exercise: { title: '=1+1', hints: ['a'] } },
];
const results = resultsOf({
  learnerId: '-learner',
  items,
  progress: [
    {
      exerciseId: 'm/l/first',
      firstTriedAt: '2026-01-01T10:00:00.000Z',
      earnedAt: '2026-01-01T10:02:30.400Z',
      tries: 3,
      hintsUsed: 1,
      solutionSeenAt: '2026-01-01T10:01:00.000Z',
    },
    {
      exerciseId: 'm/l/gone-from-the-course',
      firstTriedAt: null,
      earnedAt: null,
      tries: 0,
      hintsUsed: 0,
      solutionSeenAt: null,
    },
  ],
  now: new Date('2026-01-02T00:00:00Z'),
});

test('every exercise of the course has a line, also one that was never touched', () => {
  expect(results).toMatchObject({ earned: 1, exportedAt: '2026-01-02T00:00:00.000Z' });
  expect(results.exercises).toEqual([
    {
      exerciseId: 'm/l/first',
      title: 'The first, "quoted"',
      firstTriedAt: '2026-01-01T10:00:00.000Z',
      earnedAt: '2026-01-01T10:02:30.400Z',
      secondsToEarn: 150,
      tries: 3,
      hintsUsed: 1,
      hintsGiven: 2,
      solutionSeenAt: '2026-01-01T10:01:00.000Z',
      earnedWithSolution: true,
    },
    {
      exerciseId: 'm/l/second',
      title: '=1+1',
      firstTriedAt: null,
      earnedAt: null,
      secondsToEarn: null,
      tries: 0,
      hintsUsed: 0,
      hintsGiven: 1,
      solutionSeenAt: null,
      earnedWithSolution: false,
    },
  ]);
});

test('as CSV, safe for a spreadsheet', () => {
  expect(resultsCsv([results]).split('\r\n')).toEqual([
    'learnerId,exerciseId,title,firstTriedAt,earnedAt,secondsToEarn,tries,hintsUsed,hintsGiven,solutionSeenAt,earnedWithSolution',
    `'-learner,m/l/first,"The first, ""quoted""",2026-01-01T10:00:00.000Z,2026-01-01T10:02:30.400Z,150,3,1,2,2026-01-01T10:01:00.000Z,true`,
    `'-learner,m/l/second,'=1+1,,,,0,0,1,,false`,
    '',
  ]);
});
