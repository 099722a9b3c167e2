import { expect, test } from 'vitest';
import { exerciseId } from '../portal.fixture.ts';
import { LessonPage, withMachine } from './lesson-page.fixture.ts';

const shell = { outcome: 'found', type: 'file', mode: 0o755, uid: 0, gid: 0, sizeBytes: 3 } as const;

test('the set-up script runs once a boot, before anything is judged', async () => {
  const { portal, browser, sandbox } = await withMachine({ setUp: true });
  const gate = Promise.withResolvers<void>();
  sandbox.commandGate = gate.promise;
  sandbox.files.set('/srv/jail/bin/sh', shell);
  const page = new LessonPage(browser);
  await page.until(() => expect(sandbox.commands).toHaveLength(1));
  expect(page.statuses).toBe('');
  sandbox.files.clear();
  gate.resolve();
  await page.until(() => expect(page.statuses).toBe('fail waiting'));
  const once = sandbox.commands.length;
  await browser.post(`/api/exercises/${exerciseId}/setup`);
  await portal.restart();
  await browser.post(`/api/exercises/${exerciseId}/check`);
  expect(sandbox.commands).toHaveLength(once);

  sandbox.status = 'stopped';
  await browser.post('/api/sandbox');
  await browser.post(`/api/exercises/${exerciseId}/check`);
  expect(sandbox.commands).toHaveLength(2 * once);
});

test('a set-up script that fails judges nothing, and is tried again when asked', async () => {
  const { browser, sandbox } = await withMachine({ setUp: true });
  sandbox.exitCode = 1;
  const check = (): Promise<{ json: { error: { code: string } } }> =>
    browser.post(`/api/exercises/${exerciseId}/check`);
  expect((await check()).json.error.code).toBe('EXERCISE_INVALID');
  const once = sandbox.commands.length;
  expect((await check()).json.error.code).toBe('EXERCISE_INVALID');
  expect(sandbox.commands).toHaveLength(once);
  sandbox.exitCode = 0;
  expect((await browser.post(`/api/exercises/${exerciseId}/setup`)).json).toMatchObject({ complete: false });
});
