import { expect, test } from 'vitest';
import { formatReport } from './report.ts';

test('a report is a table, with the sentence of each near miss and the reason of each failure', () => {
  const text = formatReport({
    ok: false,
    ms: 12_345,
    exercises: [
      {
        exerciseId: 'a/b/c',
        ok: false,
        ms: 3_210,
        trials: [
          { exerciseId: 'a/b/c', script: 'solve.sh', kind: 'solve', ok: true, ms: 1_000, steps: [] },
          {
            exerciseId: 'a/b/c',
            script: 'alt-other.sh',
            kind: 'alt',
            ok: false,
            ms: 1_210,
            steps: [
              { name: 'grade', ok: false, ms: 1, detail: 'check `x` does not pass: No.\nThe script ended.' },
            ],
          },
          {
            exerciseId: 'a/b/c',
            script: 'wrong-way.sh',
            kind: 'wrong',
            fails: 'x',
            ok: true,
            ms: 1_000,
            steps: [{ name: 'grade', ok: true, ms: 1, detail: 'There is no `x` yet.' }],
          },
        ],
      },
    ],
  });
  expect(text).toBe(
    [
      'a/b/c           FAIL   3.2 s',
      '  solve.sh      ok     1.0 s  unsolved before; passes after, and when looked at again',
      '  alt-other.sh  FAIL   1.2 s',
      '      grade: check `x` does not pass: No.',
      '      The script ended.',
      '  wrong-way.sh  ok     1.0 s  fails `x`: There is no `x` yet.',
      '',
      'Not proven: 1 of 3 scripts failed (1 exercises, 3 scripts in fresh machines, 12 s).',
    ].join('\n'),
  );
});

test('nothing to prove is an empty table', () => {
  expect(formatReport({ ok: true, ms: 0, exercises: [] })).toBe(
    '\nProven: 0 exercises, 0 scripts in fresh machines, 0 s.',
  );
});

test('changes of the solution: the score, and each that no check noticed', () => {
  const mutant = { exerciseId: 'a/b/c', line: 2, ms: 1 };
  const score = { killed: 8, survived: 1, equivalent: 2, unjudged: 1, percent: 80 };
  const text = formatReport({
    ok: false,
    ms: 2_000,
    mutations: score,
    exercises: [
      {
        exerciseId: 'a/b/c',
        ok: true,
        ms: 1_000,
        recalled: true,
        trials: [],
        mutations: {
          ok: false,
          ms: 1,
          score,
          mutants: [
            { ...mutant, change: 'drop a', outcome: 'killed' },
            { ...mutant, change: 'drop flag -f', outcome: 'survived' },
            { ...mutant, change: 'drop b', outcome: 'unjudged', detail: 'machine: it fell' },
          ],
          faults: ['one line\nanother'],
        },
      },
    ],
  });
  expect(text).toBe(
    [
      'a/b/c  ok     1.0 s  proven before',
      '  changes of solve.sh: 80 % (12 made, 8 noticed by a check, 2 declared equivalent, 1 survived, 1 not judged)',
      '      line 2, drop flag -f: survived',
      '      line 2, drop b: not judged: machine: it fell',
      '      one line',
      '      another',
      '',
      'Not proven: 1 exercises (1 proven before), 0 scripts in fresh machines, 2 s.',
      'Changes of the solutions: 80 % (12 made, 8 noticed by a check, 2 declared equivalent, 1 survived, 1 not judged).',
    ].join('\n'),
  );
});
