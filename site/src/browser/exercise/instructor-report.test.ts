import { expect, test } from 'vitest';
import { instructorReport } from './instructor-report.ts';

test('everything an instructor would ask for stands in it', () => {
  const text = instructorReport({
    state: {
      exerciseId: 'm/l/jail',
      complete: false,
      earnedAt: null,
      hintsUsed: 1,
      solutionSeenAt: '2026-01-01T10:00:00.000Z',
      verdicts: [
        {
          checkId: 'shell',
          status: 'fail',
          sentence: 'There is no `/srv/jail/bin/sh` yet.',
          hint: 'Look one level up.',
          expected: 'a file',
          observed: 'nothing there',
          where: '`/srv/jail/bin/sh`',
          evaluatedAt: '2026-01-01T10:05:06.789Z',
        },
      ],
    },
    title: 'A jail',
    labels: new Map([['shell', 'There is a shell.']]),
    version: '0.1.0',
    learnerId: 'abc',
    address: 'http://localhost/m/l/',
    browser: 'A browser',
    now: new Date('2026-01-01T10:06:00Z'),
  });
  expect(text).toBe(
    [
      'A jail (m/l/jail)',
      'http://localhost/m/l/',
      'Learner abc, 2026-01-01 10:06:00 UTC',
      'Earned: no. Hints opened: 1. Solution seen: 2026-01-01 10:00:00 UTC.',
      '',
      '[not yet] There is a shell.',
      '  There is no `/srv/jail/bin/sh` yet. Look one level up.',
      '  Expected: a file',
      '  Found: nothing there',
      '  Where: `/srv/jail/bin/sh`',
      '  When: 2026-01-01 10:05:06 UTC',
      '',
      'Chrootcamp 0.1.0; A browser',
    ].join('\n'),
  );
});
