import { expect, test } from 'vitest';
import type { SandboxState } from '../../../../protocol/portal-api.ts';
import { describeStart } from './start-view.ts';

const machine = (status: SandboxState['status'], message?: string): SandboxState => ({
  status,
  docker: 'unknown',
  bootId: null,
  ...(message === undefined ? {} : { message }),
});

test('a running machine needs no words', () => {
  expect(describeStart({ state: machine('running'), task: null, fault: null })).toBeNull();
});

test('a full course says so, and that the page goes on trying', () => {
  const view = describeStart({
    state: machine('unavailable', 'You are third in the queue.'),
    task: 'starting',
    fault: null,
  });
  expect(view?.text).toBe('You are third in the queue. This page tries again by itself.');
});

test('a machine that went away can be had anew, one that stopped can be started', () => {
  expect(describeStart({ state: machine('none'), task: null, fault: null })?.start).toBe(
    'Start a fresh machine',
  );
  expect(describeStart({ state: machine('stopped'), task: null, fault: null })?.start).toBe('Resume');
});

test('while it starts there is nothing to press', () => {
  expect(describeStart({ state: machine('none'), task: 'starting', fault: null })?.start).toBeUndefined();
});

test('a machine that cannot be reached is not called gone, and no button would throw it away', () => {
  const view = describeStart({ state: machine('unavailable'), task: null, fault: null });
  expect(view?.title).toBe('One moment');
  expect(view?.start).toBeUndefined();
});
