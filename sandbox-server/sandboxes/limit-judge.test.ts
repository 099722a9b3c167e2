import { expect, test } from 'vitest';
import type { UsageReading } from '../engine.ts';
import { LimitJudge } from './limit-judge.ts';

const start = Date.UTC(2026, 0, 1);
const calm: UsageReading = {
  memoryBytes: 1e8,
  pids: 30,
  cpuMs: 0,
  throttledMs: 0,
  diskUsedBytes: 10,
  diskBytes: 100,
  inodesUsed: 10,
  inodes: 1000,
  egressRefused: null,
};

/** What it says after readings one second apart. */
function judged(...readings: Partial<UsageReading>[]): string[] {
  const judge = new LimitJudge({ pids: 100, cpuPercent: 200 });
  return readings.map((reading, second) =>
    judge
      .judge({ ...calm, ...reading }, start + second * 1000)
      .map(({ subject, level }) => `${subject} ${level}`)
      .join(', '),
  );
}

test('calm says nothing', () => {
  expect(judged({}, {})).toEqual(['', '']);
});

test('a disk fills: near, reached, and told no more when there is room again; it does not flicker', () => {
  const shares = [89, 90, 88, 99, 95, 86, 84, 89];
  expect(judged(...shares.map((diskUsedBytes) => ({ diskUsedBytes })))).toEqual([
    '',
    'disk near',
    'disk near',
    'disk reached',
    'disk reached',
    'disk reached',
    '',
    '',
  ]);
});

test('inodes and processes have limits of their own', () => {
  expect(judged({ inodesUsed: 950 }, { inodesUsed: 999 }, { pids: 96 }, { pids: 97 })).toEqual([
    'inodes near',
    'inodes reached',
    '',
    'pids reached',
  ]);
});

test('the CPU is measured also where events make for many looks a second, and a busy host is late with some', () => {
  const judge = new LimitJudge({ pids: 100, cpuPercent: 200 });
  const told = Array.from({ length: 160 }, (_, look) => {
    const ms = look * 250;
    const lateMs = (look % 3) * 75;
    return judge.judge({ ...calm, cpuMs: 2 * ms, throttledMs: ms / 10 }, start + ms + lateMs);
  });
  expect(told.at(-1)).toMatchObject([{ subject: 'cpu', level: 'reached' }]);
});

test('the CPU is told when its ceiling was met for half a minute, and not on a computer that is merely busy', () => {
  const busy = (seconds: number, throttled: boolean) =>
    Array.from({ length: seconds }, (_, second) => ({
      cpuMs: second * 2000,
      throttledMs: throttled ? second * 100 : 0,
    }));
  expect(judged(...busy(30, true)).at(-1)).toBe('');
  expect(judged(...busy(31, true)).at(-1)).toBe('cpu reached');
  expect(judged(...busy(60, false)).at(-1)).toBe('');
  expect(judged(...busy(40, true), { cpuMs: 78_000, throttledMs: 3_900 }).at(-1)).toBe('');
});

test('out of memory is told anew each time, for ten minutes', () => {
  const judge = new LimitJudge({ pids: 100, cpuPercent: 200 });
  judge.outOfMemory({ atMs: start, toldMs: start });
  const [first] = judge.judge(calm, start + 1_000);
  judge.outOfMemory({ atMs: start + 2_000, toldMs: start + 2_000 });
  const [second] = judge.judge(calm, start + 3_000);
  expect(first).toMatchObject({ subject: 'memory', level: 'reached' });
  expect(second?.at).not.toBe(first?.at);
  expect(judge.judge(calm, start + 601_999)).toHaveLength(1);
  expect(judge.judge(calm, start + 602_000)).toHaveLength(0);
});

test('out of memory that nobody saw is told for ten minutes from when it first is', () => {
  const judge = new LimitJudge({ pids: 100, cpuPercent: 200 });
  const toldMs = start + 3 * 3_600_000;
  judge.outOfMemory({ atMs: start, toldMs });
  expect(judge.judge(calm, toldMs)).toMatchObject([{ subject: 'memory', at: new Date(start).toISOString() }]);
  expect(judge.judge(calm, toldMs + 599_999)).toHaveLength(1);
  expect(judge.judge(calm, toldMs + 600_000)).toHaveLength(0);
});

test('which limit the egress proxy refused for: bytes, or connections', () => {
  const told = (limit: NonNullable<UsageReading['egressRefused']>['limit']) =>
    judged({ egressRefused: { limit, at: new Date(start).toISOString() } });
  expect(told('bytesPerMinute')).toEqual(['egress reached']);
  expect(told('connections')).toEqual(['egressConnections reached']);
  expect(told('connectionsPerMinute')).toEqual(['egressConnections reached']);
});

test('a refusal of the egress proxy is told for the minute it is about', () => {
  const refused = { egressRefused: { limit: 'bytesPerMinute', at: new Date(start).toISOString() } } as const;
  const judge = new LimitJudge({ pids: 100, cpuPercent: 200 });
  expect(judge.judge({ ...calm, ...refused }, start + 5_000)).toMatchObject([{ subject: 'egress' }]);
  expect(judge.judge({ ...calm, ...refused }, start + 66_000)).toEqual([]);
});
