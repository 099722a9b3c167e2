import { expect, test } from 'vitest';
import type { QueuePlace } from '../../../../protocol/portal-api.ts';
import { describeQueue } from './queue-text.ts';

const usual: QueuePlace = {
  place: 1,
  waiting: 1,
  estimateMinutes: null,
  shortage: 'machines',
  hasDisk: false,
};

test('the place, who waits behind, and an estimate', () => {
  expect(describeQueue({ ...usual, place: 3, waiting: 5, estimateMinutes: 4 })).toEqual({
    title: 'You are number 3 in the queue',
    text: 'All machines are taken at the moment. 2 wait behind you. Yours starts by itself, probably in about 4 minutes. Keep this page open.',
  });
  expect(describeQueue({ ...usual, place: 2, waiting: 3, estimateMinutes: 90 }).text).toMatch(
    /One learner waits behind you\. .* more than an hour/,
  );
});

test('the first is next; where nothing can be said, nothing is', () => {
  const { title, text } = describeQueue(usual);
  expect(title).toBe('You are next');
  expect(text).toMatch(/at the moment\. Yours starts by itself, as soon as one is free; how long/);
  expect(describeQueue({ ...usual, estimateMinutes: 1 }).text).toMatch(/within a minute/);
});

test('whoever has a stopped machine reads that its work is kept', () => {
  expect(describeQueue({ ...usual, hasDisk: true }).text).toMatch(
    /at the moment\. Your work is kept\. Yours starts/,
  );
});

test('a computer short of disk says so, whom to tell, and that what there is is kept; nobody else is to blame', () => {
  const { title, text } = describeQueue({ ...usual, shortage: 'disk', hasDisk: true });
  expect(title).toBe('This course’s computer has no disk to spare');
  expect(text).toMatch(/^Your work is kept: files, images and volumes\. You are next\. .*starts by itself/);
  expect(text).toMatch(/Tell whoever runs this course/);
  expect(text).not.toMatch(/taken/);
  const afterReset = describeQueue({ ...usual, place: 4, waiting: 6, shortage: 'disk' }).text;
  expect(afterReset).toMatch(/^You are number 4 in the queue\. /);
});

test('a course that keeps as many machines as it can says so, and whom to tell', () => {
  const { title, text } = describeQueue({ ...usual, shortage: 'ids', hasDisk: false });
  expect(title).toBe('This course’s computer keeps as many machines as it can');
  expect(text).toMatch(/^You are next\. .*starts by itself.*is removed\. Tell whoever runs this course/);
});

test('so does one short of memory', () => {
  const { title, text } = describeQueue({ ...usual, shortage: 'memory', hasDisk: true });
  expect(title).toMatch(/no memory to spare/);
  expect(text).toMatch(/^Your work is kept.*You are next.*starts by itself/);
});
