import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Camp } from './lifetimes.fixture.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

test('idle: warned five minutes before, stopped, kept, removed, and the learner told at each step', async () => {
  using camp = new Camp().start();
  await camp.pass(55 * minute - 1);
  expect(camp.state.warning).toBeNull();
  await camp.pass(1);
  expect(camp.told.at(-1)?.warning).toEqual({ cause: 'idle', stopsInMs: 5 * minute, canExtend: true });
  await camp.pass(5 * minute - 1);
  expect(camp.done).toEqual([]);
  await camp.pass(1);
  expect(camp.done).toEqual(['stop']);
  expect(camp.state).toEqual({ warning: null, news: null });
  await camp.pass(2 * day - 1);
  expect(camp.done).toEqual(['stop']);
  await camp.pass(1);
  expect(camp.done).toEqual(['stop', 'remove']);
  expect(camp.state.news).toMatchObject({ kind: 'removed', cause: 'idle' });
  camp.start();
  expect(camp.state.news).toMatchObject({ kind: 'removed' });
  expect(camp.keeper.readNews(camp.learnerId).news).toBeNull();
});

test('what is meant to become of it is told: when it will be stopped, then until when it is kept', async () => {
  using camp = new Camp().start();
  const iso = (ms: number) => new Date(camp.clock.now() + ms).toISOString();
  expect(camp.plans.at(-1)).toEqual({ activeAt: iso(0), stopsAt: iso(60 * minute), removedAt: null });
  const activeAt = iso(0);
  await camp.pass(60 * minute);
  expect(camp.plans.at(-1)).toEqual({ activeAt, stopsAt: null, removedAt: iso(2 * day) });
});

test('typing during the warning ends it', async () => {
  using camp = new Camp().start();
  await camp.pass(57 * minute);
  camp.touch();
  expect(camp.told.at(-1)?.warning).toBeNull();
  await camp.pass(54 * minute);
  expect(camp.done).toEqual([]);
});

test('the whole time: typing does not help, extending does, as often as allowed', async () => {
  using camp = new Camp().start();
  for (let hour = 0; hour < 12; hour += 1) {
    await camp.pass(29 * minute + 30_000);
    camp.touch();
  }
  await camp.pass(minute);
  expect(camp.state.warning).toMatchObject({ cause: 'wall', canExtend: true });
  camp.touch();
  expect(camp.state.warning).toMatchObject({ cause: 'wall' });
  expect(camp.keeper.extend(camp.learnerId).warning).toBeNull();
  for (const minutes of [40, 20]) {
    await camp.pass(minutes * minute);
    camp.touch();
  }
  expect(camp.state.warning).toMatchObject({ cause: 'wall', canExtend: false });
  expect(() => camp.keeper.extend(camp.learnerId)).toThrow(expect.objectContaining({ code: 'NO_MORE_TIME' }));
  await camp.pass(6 * minute);
  expect(camp.done).toEqual(['stop']);
});

test('a resumed machine has its whole time again, and says what happened until that was read', async () => {
  using camp = new Camp().start();
  await camp.pass(60 * minute);
  camp.start();
  expect(camp.told.at(-1)?.news).toMatchObject({ kind: 'resumed', cause: 'idle' });
  await camp.pass(55 * minute - 1);
  expect(camp.state.warning).toBeNull();
  expect(camp.done).toEqual(['stop']);
});

test('what the course stopped itself is not blamed on the learner', async () => {
  using camp = new Camp().start();
  camp.ended = 'before';
  await camp.pass(60 * minute);
  camp.start();
  expect(camp.state.news).toBeNull();
});

test('another portal goes on where the last one was, and warns anew before it stops', async () => {
  using camp = new Camp().start();
  await camp.pass(30 * minute);
  camp.touch();
  await camp.pass(58 * minute);
  expect(camp.state.warning?.stopsInMs).toBe(2 * minute);
  camp.restart();
  expect(camp.state.warning).toMatchObject({ cause: 'idle', stopsInMs: 5 * minute });
  await camp.pass(5 * minute - 1);
  expect(camp.done).toEqual([]);
  await camp.pass(1);
  expect(camp.done).toEqual(['stop']);
  camp.restart();
  await camp.pass(2 * day);
  expect(camp.done).toEqual(['stop', 'remove']);
});

test('a suspended computer wakes up with a warning, not with a stopped machine', async () => {
  using camp = new Camp().start();
  camp.clock.jump(9 * 60 * minute);
  await camp.pass(55 * minute);
  expect(camp.done).toEqual([]);
  expect(camp.state.warning).toMatchObject({ stopsInMs: 5 * minute });
  camp.clock.jump(9 * 60 * minute);
  await camp.pass(5 * minute - 1);
  expect(camp.done).toEqual([]);
});

test('a clock set back makes nobody run for ever', async () => {
  using camp = new Camp().start();
  camp.clock.jump(-30 * day);
  await camp.pass(3 * 60 * minute);
  expect(camp.done).toEqual(['stop']);
});

test('a sandbox-server that is down is asked again', async () => {
  using camp = new Camp().start();
  camp.fault = new Error('down');
  await camp.pass(60 * minute);
  camp.fault = null;
  await camp.pass(30_000);
  expect(camp.done).toEqual(['stop']);
});

test('a machine replaced meanwhile is left alone, and leaves no timer', async () => {
  using camp = new Camp().start();
  camp.store.sandboxes.forget(camp.learnerId, 'abcdefghijkl');
  await camp.pass(90 * minute);
  expect(camp.done).toEqual([]);
  expect(camp.clock.timerCount).toBe(0);
});

test('who types is never stopped for being idle, whatever the clock does and however often the portal is restarted', async () => {
  const steps = fc.array(
    fc.oneof(
      fc.record({ pass: fc.integer({ min: 0, max: 59 * minute }) }),
      fc.record({ jump: fc.integer({ min: -day, max: day }) }),
      fc.record({ restart: fc.constant(true) }),
    ),
    { maxLength: 40 },
  );
  await fc.assert(
    fc.asyncProperty(steps, async (all) => {
      using camp = new Camp().start();
      for (const step of all) {
        if ('jump' in step) camp.clock.jump(step.jump);
        else if ('restart' in step) camp.restart();
        else {
          await camp.pass(step.pass);
        }
        // Stopped for its whole time it may be.
        if (camp.done.length > 0) {
          expect(camp.store.lifetimes.find('abcdefghijkl')?.stopCause).toBe('wall');
          return;
        }
        camp.touch();
      }
    }),
    { numRuns: 60 },
  );
});
