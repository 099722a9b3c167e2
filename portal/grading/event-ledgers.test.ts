import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { DockerEventObservation } from '../../grader/observer.ts';
import { createLog } from '../log.ts';
import { Store } from '../store/store.ts';
import { EventLedgers } from './event-ledgers.ts';

function eventAt(time: number, action: string): DockerEventObservation {
  const attributes = { image: 'busybox', name: 'web' };
  return { type: 'container', action, actorId: 'a', attributes, timeNano: BigInt(time) };
}

/** Two learners with a machine each, in a database of the test's own. */
function kept() {
  const directory = mkdtempSync(join(tmpdir(), 'ledgers-'));
  const store = new Store(join(directory, 'store.db'));
  onTestFinished(() => {
    store[Symbol.dispose]();
    rmSync(directory, { recursive: true });
  });
  const learnerId = store.learners.create().id;
  store.sandboxes.assign(learnerId, 'first');
  const open = () => new EventLedgers({ store: store.dockerEvents, log: createLog('silent') });
  const times = (ledgers: EventLedgers, sandboxId = 'first') =>
    ledgers.known(learnerId, sandboxId).map(({ timeNano }) => timeNano);
  return { store, learnerId, open, times };
}

test('a portal started anew knows what was reported to the one before', () => {
  const { learnerId, open, times } = kept();
  const before = open();
  for (let time = 1; time <= 2_500; time += 1) before.add(learnerId, 'first', eventAt(time, 'create'));
  for (let time = 1; time <= 500; time += 1)
    before.add(learnerId, 'first', eventAt(3_000 + time, 'exec_die'));
  before[Symbol.dispose]();
  const after = open();
  expect(times(after)).toEqual(times(before));
  expect(times(after)).toHaveLength(2_300);
  expect(after.known(learnerId, 'first')[0]).toEqual(eventAt(501, 'create'));
});

test('it is written down a moment later, with no one ending it', async () => {
  const { store, learnerId, open } = kept();
  open().add(learnerId, 'first', eventAt(1, 'die'));
  await expect.poll(() => store.dockerEvents.list('first'), { timeout: 5_000 }).toHaveLength(1);
});

test('what is told again is kept once, also by the next portal', () => {
  const { store, learnerId, open } = kept();
  for (let turn = 0; turn < 2; turn += 1) {
    using ledgers = open();
    ledgers.add(learnerId, 'first', eventAt(1, 'die'));
  }
  expect(store.dockerEvents.list('first')).toHaveLength(1);
});

test('a time that fits no integer is kept as it is', () => {
  const { learnerId, open, times } = kept();
  const event = { ...eventAt(1, 'die'), timeNano: 9_999_999_999_999_999_999n };
  using before = open();
  before.add(learnerId, 'first', event);
  before[Symbol.dispose]();
  expect(times(open())).toEqual([event.timeNano]);
});

test('another machine begins with none, and of one that is gone nothing is left', () => {
  const { store, learnerId, open, times } = kept();
  const ledgers = open();
  ledgers.add(learnerId, 'first', eventAt(1, 'die'));
  store.sandboxes.forget(learnerId, 'first');
  store.sandboxes.assign(learnerId, 'second');
  ledgers[Symbol.dispose]();
  ledgers.add(learnerId, 'second', eventAt(2, 'die'));
  expect(times(ledgers, 'second')).toEqual([2n]);
  expect(times(ledgers, 'first')).toEqual([]);
  expect(store.dockerEvents.list('first')).toEqual([]);
});

test('a late look at a machine that is gone takes nothing from the one in its place', () => {
  const { learnerId, open, times } = kept();
  using ledgers = open();
  ledgers.add(learnerId, 'first', eventAt(1, 'die'));
  expect(times(ledgers, 'older')).toEqual([]);
  expect(times(ledgers)).toEqual([1n]);
});

test('a machine that went back has not seen what came after, in memory and on disk', () => {
  const { learnerId, open, times } = kept();
  const ledgers = open();
  for (const ms of [1_000, 3_000]) ledgers.add(learnerId, 'first', eventAt(ms * 1_000_000, 'die'));
  ledgers.rewind(learnerId, new Date(2_000).toISOString());
  expect(times(ledgers)).toEqual([1_000_000_000n]);
  expect(times(open())).toEqual([1_000_000_000n]);
});
