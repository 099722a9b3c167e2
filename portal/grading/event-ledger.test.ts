import { expect, test } from 'vitest';
import type { DockerEventObservation } from '../../grader/observer.ts';
import { EventLedger } from './event-ledger.ts';

function eventAt(time: number, action: string): DockerEventObservation {
  const attributes = { image: 'busybox', name: 'web', 'com.example.label': 'x'.repeat(1_000) };
  return { type: 'container', action, actorId: 'a', attributes, timeNano: BigInt(time) };
}

test('a thousand health checks push out nothing else', () => {
  const ledger = new EventLedger();
  ledger.add(eventAt(1, 'die'));
  for (let turn = 0; turn < 1_000; turn += 1) {
    ledger.add(eventAt(10 + 3 * turn, 'exec_create: /bin/true'));
    ledger.add(eventAt(11 + 3 * turn, 'exec_start: /bin/true'));
    ledger.add(eventAt(12 + 3 * turn, 'health_status: healthy'));
  }
  ledger.add(eventAt(9_000, 'start'));
  const actions = ledger.list().map(({ action }) => action);
  expect(actions.at(0)).toBe('die');
  expect(actions.at(-1)).toBe('start');
  expect(actions).toHaveLength(302);
});

test('what is told twice is kept once, in the order of time, with what is asked of it alone', () => {
  const ledger = new EventLedger();
  for (const event of [eventAt(5, 'start'), eventAt(2, 'create'), eventAt(5, 'start')]) ledger.add(event);
  expect(ledger.list()).toEqual([
    { ...eventAt(2, 'create'), attributes: { image: 'busybox', name: 'web' } },
    { ...eventAt(5, 'start'), attributes: { image: 'busybox', name: 'web' } },
  ]);
});

test('a flood is bounded, the newest stay', () => {
  const ledger = new EventLedger();
  for (let time = 0; time < 5_000; time += 1) ledger.add(eventAt(time, 'create'));
  expect(ledger.list()).toHaveLength(2_000);
  expect(ledger.list().at(-1)?.timeNano).toBe(4_999n);
});

test('a machine that went back has not seen what came after', () => {
  const ledger = new EventLedger();
  for (const time of [1_000, 3_000]) ledger.add(eventAt(time, 'die'));
  ledger.rewind(2_000n);
  expect(ledger.list().map(({ timeNano }) => timeNano)).toEqual([1_000n]);
});

test('texts are cut to what Docker’s own can be', () => {
  const ledger = new EventLedger();
  const long = 'x'.repeat(4_000);
  ledger.add({ ...eventAt(1, `exec_create: ${long}`), actorId: long, attributes: { name: long } });
  expect(JSON.stringify({ ...ledger.list()[0], timeNano: 0 }).length).toBeLessThan(2_000);
});
