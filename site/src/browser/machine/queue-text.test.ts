import { expect, test } from 'vitest';
import { describeQueue } from './queue-text.ts';

test('the place, who waits behind, and an estimate', () => {
  expect(describeQueue({ place: 3, waiting: 5, estimateMinutes: 4 })).toEqual({
    title: 'You are number 3 in the queue',
    text: 'All machines are taken at the moment. 2 wait behind you. Yours starts by itself, probably in about 4 minutes. Keep this page open.',
  });
  expect(describeQueue({ place: 2, waiting: 3, estimateMinutes: 90 }).text).toMatch(
    /One learner waits behind you\. .* more than an hour/,
  );
});

test('the first is next; where nothing can be said, nothing is', () => {
  const { title, text } = describeQueue({ place: 1, waiting: 1, estimateMinutes: null });
  expect(title).toBe('You are next');
  expect(text).toMatch(/at the moment\. Yours starts by itself, as soon as one is free; how long/);
  expect(describeQueue({ place: 1, waiting: 1, estimateMinutes: 1 }).text).toMatch(/within a minute/);
});
