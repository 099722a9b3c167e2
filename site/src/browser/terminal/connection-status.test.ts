import { expect, test } from 'vitest';
import { describeStatus, gradeLatency } from './connection-status.ts';

test('waiting counts down, and never below now', () => {
  const status = { kind: 'waiting', retryAtMs: 10_000, unreachable: false } as const;
  expect(describeStatus(status, 7_200)).toContain('Reconnecting in 3 s');
  expect(describeStatus(status, 11_000)).toContain('Reconnecting now');
});

test('an ended shell says how it ended', () => {
  expect(describeStatus({ kind: 'exited', code: 0, signal: null }, 0)).toBe('Shell ended');
  expect(describeStatus({ kind: 'exited', code: 130, signal: null }, 0)).toBe(
    'Shell ended with exit code 130',
  );
  expect(describeStatus({ kind: 'exited', code: null, signal: 'SIGKILL' }, 0)).toBe(
    'Shell ended by signal SIGKILL',
  );
});

test('latency is graded', () => {
  expect([10, 80, 299, 300].map(gradeLatency)).toEqual(['good', 'fair', 'fair', 'poor']);
});
