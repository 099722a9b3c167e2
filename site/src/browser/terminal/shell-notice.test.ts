import { expect, test } from 'vitest';
import { closeCodes } from '../../../../protocol/close-codes.ts';
import type { ConnectionStatus } from './connection-status.ts';
import { describeShell } from './shell-notice.ts';

const closed = (reason: Extract<ConnectionStatus, { kind: 'closed' }>['reason']) =>
  describeShell({ kind: 'closed', reason }, 'writer');

test('exit, gone, dropped, taken over and expired are told apart, each with the button that helps', () => {
  const ended = describeShell({ kind: 'exited', code: 3, signal: null }, 'writer');
  const dropped = describeShell({ kind: 'waiting', retryAtMs: 0, unreachable: false }, 'writer');
  const all = [ended, dropped, closed('gone'), closed('taken-over'), closed('expired')];
  expect(all.map((notice) => notice?.deed)).toEqual([
    'new-shell',
    'try-now',
    'new-shell',
    'use-here',
    'fresh-machine',
  ]);
  expect(new Set(all.map((notice) => notice?.text)).size).toBe(5);
  expect(ended?.text).toContain('exit code 3');
});

test('every close code has a sentence and a button', () => {
  for (const { name } of Object.values(closeCodes)) {
    expect(closed(name)?.text).toMatch(/\.$/);
    expect(closed(name)?.deed).toBeDefined();
  }
});

test('who watches is told so, who types needs no words', () => {
  const live = { kind: 'live', latencyMs: 3 } as const;
  expect(describeShell(live, 'writer')).toBeNull();
  expect(describeShell(live, 'watcher')?.deed).toBe('use-here');
});
