import { expect, test } from 'vitest';
import { replayText } from './results-replay.ts';

test('a record is told with the time since its beginning, and cannot move the cursor', () => {
  const at = (seconds: number): string => new Date(Date.UTC(2026, 0, 1, 9, 0, seconds)).toISOString();
  const verdict = { checkId: 'root', status: 'fail', expected: '', observed: '', where: '' };
  const text = replayText([
    { at: at(0), what: 'verdict', ...verdict, sentence: 'There is none.' },
    { at: at(65), what: 'answer', detail: 'kernel: \u001b[2Jx' },
    { at: at(3_700), what: 'solution', detail: '' },
  ]);
  expect(text).toBe(
    [
      '2026-01-01T09:00:00.000Z',
      '+00:00  root: fail. There is none.',
      '+01:05  answered kernel:  [2Jx',
      '+1:01:40  looked at the solution',
    ].join('\n'),
  );
});
