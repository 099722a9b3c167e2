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

test('a full course says the place, also while the page asks for a machine', () => {
  const state: SandboxState = {
    ...machine('queued'),
    queue: { place: 3, waiting: 4, estimateMinutes: null, shortage: 'machines', hasDisk: false },
  };
  for (const task of ['starting', null] as const)
    expect(describeStart({ state, task, fault: null })?.title).toBe('You are number 3 in the queue');
});

test('trouble on the way is said, and that the page goes on trying', () => {
  const state = machine('unavailable', 'The part that runs machines is restarting.');
  expect(describeStart({ state, task: 'starting', fault: null })?.text).toBe(
    'The part that runs machines is restarting. This page tries again by itself.',
  );
});

test('a machine that went away can be had anew, one that stopped can be started', () => {
  expect(describeStart({ state: machine('none'), task: null, fault: null })?.start).toBe(
    'Start a fresh machine',
  );
  expect(describeStart({ state: machine('stopped'), task: null, fault: null })?.start).toBe('Resume');
});

test('one that was ended for what it did says why before what is kept', () => {
  const state = machine('stopped', 'It had made more cgroups than one machine may.');
  expect(describeStart({ state, task: null, fault: null })).toMatchObject({
    text: 'It had made more cgroups than one machine may. Its files, images and volumes are kept.',
    start: 'Resume',
  });
});

test('while it starts there is nothing to press', () => {
  expect(describeStart({ state: machine('none'), task: 'starting', fault: null })?.start).toBeUndefined();
});

test('a machine that cannot be reached is not called gone, and no button would throw it away', () => {
  const view = describeStart({ state: machine('unavailable'), task: null, fault: null });
  expect(view?.title).toBe('One moment');
  expect(view?.start).toBeUndefined();
});
