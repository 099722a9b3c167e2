import { expect, test, vi } from 'vitest';
import type { Browser } from '../browser.fixture.ts';
import { LessonPage } from '../grading/lesson-page.fixture.ts';
import { PortalFixture } from '../portal.fixture.ts';
import { HandClock } from './clock.fixture.ts';
import { graceMs } from './queue.ts';

/** A house for `most`, and time in our hand. */
async function withHouse(most: number) {
  const clock = new HandClock();
  const portal = await PortalFixture.start({ clock });
  portal.server.most = most;
  const join = async (): Promise<Browser> => {
    const browser = await portal.visit();
    await browser.post('/api/sandbox');
    return browser;
  };
  const state = async (browser: Browser) => (await browser.get('/api/me')).json.sandbox;
  /** The queue looks again, and is done with it. */
  const look = async (check: () => Promise<void> | void) => {
    clock.pass(2_500);
    await vi.waitFor(check, { timeout: 10_000, interval: 5 });
  };
  return { portal, clock, join, state, look };
}

const place = (nth: number, waiting: number) => ({
  status: 'queued',
  bootId: null,
  queue: expect.objectContaining({ place: nth, waiting }),
});

test('whoever comes to a full house has a place, and is served in order when a machine is free', async () => {
  const { portal, join, state, look } = await withHouse(1);
  const [first, second, third] = [await join(), await join(), await join()];
  expect(await state(first)).toMatchObject({ status: 'running' });
  expect(await state(second)).toMatchObject(place(1, 2));
  expect(await state(third)).toMatchObject(place(2, 2));
  portal.server.sandboxes.clear();
  await look(async () => expect(await state(second)).toMatchObject({ status: 'running' }));
  expect(await state(third)).toMatchObject(place(1, 1));
});

test('an open page sees its place move up, and then its machine; never an error, never a false start', async () => {
  const { portal, join, look } = await withHouse(1);
  await join();
  const [second, third] = [await join(), await join()];
  const page = new LessonPage(third);
  await page.until(() => expect(page.sandbox).toMatchObject(place(2, 2)));
  new LessonPage(second);
  await look(() => undefined);
  portal.server.most = 2;
  await look(() => expect(page.sandbox).toMatchObject(place(1, 1)));
  portal.server.most = 3;
  await look(() => expect(page.sandbox).toMatchObject({ status: 'running' }));
  const states = page.events.filter((event) => event.event === 'sandbox').map(({ data }) => data.status);
  expect(states).toEqual(['queued', 'queued', 'running']);
});

test('asking again, a reload, a second tab or a reset keeps the one place', async () => {
  const { portal, join, state } = await withHouse(1);
  await join();
  const [second, third] = [await join(), await join()];
  for (let times = 0; times < 3; times += 1) expect((await second.post('/api/sandbox')).status).toBe(200);
  expect((await second.post('/api/sandbox/reset')).json).toMatchObject(place(1, 2));
  expect(await state(third)).toMatchObject(place(2, 2));
  expect(portal.logged.filter(({ msg }) => msg === 'a learner waits for a machine')).toHaveLength(2);
});

test('who asks again and again holds up nobody: the next look comes all the same', async () => {
  const { portal, clock, join, state } = await withHouse(1);
  const [, second] = [await join(), await join()];
  portal.server.most = 2;
  for (let times = 0; times < 4; times += 1) {
    clock.pass(900);
    await second.post('/api/sandbox');
  }
  await vi.waitFor(async () => expect(await state(second)).toMatchObject({ status: 'running' }), {
    timeout: 10_000,
  });
});

test('nobody overtakes those who wait, not even where there is room by now', async () => {
  const { portal, join, state, look } = await withHouse(1);
  await join();
  const second = await join();
  portal.server.most = 2;
  const third = await join();
  expect(await state(third)).toMatchObject({ status: 'queued' });
  await look(async () => expect(await state(second)).toMatchObject({ status: 'running' }));
  expect(await state(third)).toMatchObject(place(1, 1));
});

test('who has a machine needs no place; theirs that was stopped does', async () => {
  const { portal, join, state, look } = await withHouse(2);
  const [first, second] = [await join(), await join()];
  const stopped = [...portal.server.sandboxes.values()][0];
  if (stopped) stopped.status = 'stopped';
  await join();
  const fourth = await join();
  expect((await second.post('/api/sandbox')).json).toMatchObject({ status: 'running' });
  expect((await first.post('/api/sandbox')).json).toMatchObject(place(2, 2));
  portal.server.most = 4;
  await look(async () => expect(await state(first)).toMatchObject({ status: 'running' }));
  expect(await state(fourth)).toMatchObject({ status: 'running' });
  expect(stopped?.status).toBe('running');
});

test('a place is given up some time after the last page has gone, and kept over a reload', async () => {
  const { clock, join, state, look } = await withHouse(1);
  await join();
  const [leaving, staying] = [await join(), await join()];
  const [page, other] = [new LessonPage(leaving), new LessonPage(staying)];
  await page.until(() => expect([page.sandbox?.status, other.sandbox?.status]).toEqual(['queued', 'queued']));
  clock.pass(10 * graceMs);
  expect(await state(leaving)).toMatchObject(place(1, 2));
  page.close();
  await page.ended;
  await look(() => undefined);
  clock.pass(graceMs / 2);
  const again = new LessonPage(leaving);
  await again.until(() => expect(again.sandbox).toMatchObject(place(1, 2)));
  clock.pass(graceMs);
  expect(await state(leaving)).toMatchObject(place(1, 2));
  again.close();
  await again.ended;
  await vi.waitFor(
    async () => {
      clock.pass(graceMs);
      expect(await state(leaving)).toMatchObject({ status: 'none' });
    },
    { timeout: 10_000 },
  );
  expect(await state(staying)).toMatchObject(place(1, 1));
});

test('a restart of the portal keeps the order, and gives pages time to come back', async () => {
  const { portal, clock, join, state, look } = await withHouse(1);
  await join();
  const [second, third] = [await join(), await join()];
  await portal.restart();
  expect(await state(third)).toMatchObject(place(2, 2));
  clock.pass(graceMs / 2);
  portal.server.sandboxes.clear();
  await look(async () => expect(await state(second)).toMatchObject({ status: 'running' }));
  expect(await state(third)).toMatchObject(place(1, 1));
});

test('a reset in a full house is served by the machine it gives up', async () => {
  const { portal, join, state } = await withHouse(1);
  const [first, second] = [await join(), await join()];
  const old = portal.server.sandbox.id;
  expect((await first.post('/api/sandbox/reset')).json).toMatchObject({ status: 'running' });
  expect(portal.server.sandbox.id).not.toBe(old);
  expect(await state(second)).toMatchObject(place(1, 1));
});

test('while the sandbox-server is away everybody keeps their place', async () => {
  const { portal, join, state, look } = await withHouse(1);
  await join();
  const second = await join();
  portal.server.createFault = 'SANDBOX_START_FAILED';
  portal.server.most = 2;
  await look(() => undefined);
  expect(await state(second)).toMatchObject(place(1, 1));
  portal.server.createFault = null;
  await look(async () => expect(await state(second)).toMatchObject({ status: 'running' }));
});

test.each([
  ['MEMORY_TOO_SMALL', 'memory'],
  ['DISK_TOO_SMALL', 'disk'],
  ['ID_RANGES_TAKEN', 'ids'],
] as const)('%s: all who come wait, and read why and whether their work is kept', async (code, shortage) => {
  const { portal, join, state, look } = await withHouse(3);
  const first = await join();
  portal.server.sandbox.status = 'stopped';
  portal.server.shortage = code;
  expect((await first.post('/api/sandbox')).json.queue).toMatchObject({ place: 1, shortage, hasDisk: true });
  const second = await join();
  expect((await state(second)).queue).toMatchObject({ place: 2, shortage, hasDisk: false });
  // What was short may be another thing by now.
  portal.server.shortage = 'SANDBOX_FULL';
  await look(async () => expect((await state(second)).queue).toMatchObject({ shortage: 'machines' }));
  portal.server.shortage = null;
  await look(async () => expect(await state(second)).toMatchObject({ status: 'running' }));
  expect(await state(first)).toMatchObject({ status: 'running' });
});

test.each([
  ['DISK_TOO_SMALL', 'disk'],
  ['ID_RANGES_TAKEN', 'ids'],
] as const)('%s: no time is said, since a machine that ends is kept', async (code, shortage) => {
  const { portal, join, state, look } = await withHouse(1);
  await join();
  const second = await join();
  expect((await state(second)).queue.estimateMinutes).toBeGreaterThan(0);
  portal.server.shortage = code;
  await look(async () =>
    expect((await state(second)).queue).toMatchObject({ shortage, estimateMinutes: null }),
  );
});

test('a reset where disk is short: first in the queue, and no disk is said to be kept that has just been removed', async () => {
  const { portal, join, state, look } = await withHouse(2);
  const [first, second] = [await join(), await join()];
  [...portal.server.sandboxes.values()][1]!.status = 'stopped';
  portal.server.shortage = 'DISK_TOO_SMALL';
  await second.post('/api/sandbox');
  expect((await first.post('/api/sandbox/reset')).json.queue).toEqual({
    place: 1,
    waiting: 2,
    estimateMinutes: null,
    shortage: 'disk',
    hasDisk: false,
  });
  portal.server.shortage = null;
  await look(async () => expect(await state(second)).toMatchObject({ status: 'running' }));
});
