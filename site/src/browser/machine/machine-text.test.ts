import { expect, test } from 'vitest';
import type { SandboxState } from '../../../../protocol/portal-api.ts';
import { describeDocker, describeMachine, describeReturn } from './machine-text.ts';

const running: SandboxState = { status: 'running', docker: 'stopped', bootId: 'a' };

test('before anything is known the machine is starting', () => {
  expect(describeMachine(null, null)).toEqual({ tone: 'busy', text: 'Machine starting' });
  expect(describeDocker(null, null)).toBeNull();
});

test('a stopped Docker is said, until it is being started', () => {
  expect(describeDocker(running, null)).toEqual({ tone: 'bad', text: 'Docker stopped' });
  expect(describeDocker(running, 'starting-docker')).toEqual({ tone: 'busy', text: 'Docker starting' });
});

test('while it is replaced nothing is said of the old one', () => {
  expect(describeMachine(running, 'resetting').text).toBe('Machine being replaced');
  expect(describeDocker(running, 'resetting')).toBeNull();
});

test('a machine that went back says to when, and what it could not bring back', () => {
  expect(describeReturn('at 10:42', 0)).toBe('Your machine is as it was at 10:42. This is a new shell.');
  expect(describeReturn('at 10:42', 1)).toMatch(/One container .* could not be started again\.$/);
  expect(describeReturn('at 10:42', 2)).toMatch(/2 containers .* could not be started again\.$/);
  expect(describeMachine(running, 'going-back').text).toBe('Machine going back');
});
