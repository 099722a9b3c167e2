import { expect, test } from 'vitest';
import {
  describeNews,
  describeStopped,
  describeTimeAloud,
  describeTimeLeft,
  describeWarning,
} from './lifetime-text.ts';

test('time runs down in minutes and seconds, and stands at zero', () => {
  expect([300_000, 65_000, 64_001, 900, 0, -5_000].map(describeTimeLeft)).toEqual([
    '5:00',
    '1:05',
    '1:05',
    '0:01',
    '0:00',
    '0:00',
  ]);
});

test('it is said aloud in words', () => {
  expect([300_000, 60_000, 20_000].map(describeTimeAloud)).toEqual(['5 minutes', 'one minute', '20 seconds']);
});

test('a warning that cannot be put off says what can be done instead', () => {
  expect(describeWarning({ cause: 'wall', stopsInMs: 1, canExtend: false })).toContain('You can resume it');
  expect(describeWarning({ cause: 'idle', stopsInMs: 1, canExtend: true })).toContain('its disk kept');
});

test('a stopped machine says why and until when it is kept; one the course stopped blames nobody', () => {
  const keptUntil = '2026-12-05T10:00:00.000Z';
  expect(describeStopped({ cause: 'idle', keptUntil }, 'en-GB')).toBe(
    'Nothing was typed for a long time. Its files, images and volumes are kept until 5 December 2026.',
  );
  expect(describeStopped({ cause: 'outside', keptUntil }, 'en-GB')).toMatch(/^Its files/);
  expect(describeStopped(undefined)).toBe('Its files, images and volumes are kept.');
});

test('news of a removed machine names its day', () => {
  const news = { kind: 'removed', cause: 'idle', stoppedAt: '2026-11-03T10:00:00.000Z' } as const;
  expect(describeNews(news, 'en-GB')).toContain('3 November 2026');
  expect(describeNews({ ...news, kind: 'resumed' })).toContain('Terminals are new');
});
