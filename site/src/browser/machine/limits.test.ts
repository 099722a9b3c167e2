import { expect, test } from 'vitest';
import type { LimitState, UsageReport } from '../../../../protocol/usage.ts';
import { describeLimit } from './limit-text.ts';
import { LimitNotices } from './limits.ts';

const report = (...limits: LimitState[]): UsageReport => ({ usage: {} as UsageReport['usage'], limits });
const disk = { subject: 'disk', level: 'near', at: '2026-01-01T00:00:00.000Z' } as const;

test('what was put away is not said again, until it happens again or gets worse', () => {
  const notices = new LimitNotices();
  const ids = () => notices.list(() => undefined).map(({ id }) => id);
  notices.accept(report(disk));
  expect(ids()).toEqual(['limit-disk']);
  let told = 0;
  notices.list(() => (told += 1))[0]?.dismiss?.();
  expect(told).toBe(1);
  notices.accept(report(disk));
  expect(ids()).toEqual([]);
  notices.accept(report({ ...disk, level: 'reached', at: '2026-01-01T00:01:00.000Z' }));
  expect(ids()).toEqual(['limit-disk']);
  notices.clear();
  expect(ids()).toEqual([]);
});

test('every sentence says what helps', () => {
  for (const subject of ['memory', 'pids', 'disk', 'inodes', 'cpu', 'egress', 'egressConnections'] as const) {
    expect(describeLimit({ subject, level: 'reached' })).toMatch(/[a-z)`]\. ?[`A-Z]|: .*\./);
  }
  expect(describeLimit(disk)).toContain('`docker system prune`');
});
