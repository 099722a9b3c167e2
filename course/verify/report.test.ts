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
      'Not proven: 1 of 3 scripts failed (1 exercise, 3 scripts in fresh machines, 12 s).',
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
        ok: false,
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
      'a/b/c  FAIL   1.0 s  proven before',
      '  changes of solve.sh: 80 % (12 made, 8 noticed by a check, 2 declared equivalent, 1 survived, 1 not judged)',
      '      line 2, drop flag -f: survived',
      '      line 2, drop b: not judged: machine: it fell',
      '      one line',
      '      another',
      '',
      'Not proven: 1 exercise (1 proven before), 0 scripts in fresh machines, 2 s.',
      'Changes of the solutions: 80 % (12 made, 8 noticed by a check, 2 declared equivalent, 1 survived, 1 not judged).',
    ].join('\n'),
  );
});

test('prose: what failed stands with its place, and what is not run with its reason', () => {
  const command = { line: 12, text: 'ls /x', ms: 1, expectedExit: 0 };
  const lesson = { file: 'lesson.mdx', ms: 1_000, fault: null, unproven: [] };
  const text = formatReport({
    ok: false,
    ms: 1,
    exercises: [],
    prose: [
      { ...lesson, lessonId: 'a/b', ok: true, commands: [], unproven: [{ line: 3, because: 'it rings' }] },
      {
        ...lesson,
        lessonId: 'a/long',
        ok: false,
        commands: [{ ...command, ok: false, exitCode: 2, output: 'no x' }],
      },
    ],
  });
  expect(text).toBe(
    [
      'a/b     ok     1.0 s  0 commands typed, 1 block not run',
      '  not run: lesson.mdx:3: it rings',
      'a/long  FAIL   1.0 s  1 command typed',
      '      lesson.mdx:12: `ls /x` ended with exit code 2; expected 0. The terminal showed:',
      '      no x',
      '',
      'The prose does not work: 1 of 2 lessons, 1 command typed.',
    ].join('\n'),
  );
});

test('checks that run a script are listed', () => {
  const scriptChecks = [{ exerciseId: 'a/b/c', checkId: 'x' }];
  expect(formatReport({ ok: true, ms: 0, exercises: [], scriptChecks })).toContain(
    'Checks that run a script:\n  a/b/c, check `x`\n',
  );
});
