/** The whole course killed at once, as an operator has it: what a learner had is there again. */
import { existsSync, readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BrowserSession } from '../../bench/measure/browser-session.ts';
import type { SandboxState } from '../../protocol/portal-api.ts';
import { RunningCourse } from '../running-course.ts';

let course: RunningCourse;
let learner: BrowserSession;
let id: string;
beforeAll(async () => {
  course = await RunningCourse.start();
  learner = new BrowserSession(course.url);
  await learner.request('GET', '/api/me');
  await learner.request<SandboxState>('POST', '/api/sandbox');
  id = (await course.client.list()).find(({ status }) => status === 'running')?.id ?? '';
});
afterAll(() => course?.[Symbol.asyncDispose]());

async function run(script: string): Promise<string> {
  let output = '';
  const onStdout = (chunk: Buffer) => void (output += chunk.toString());
  await course.client.exec(id, { argv: ['/bin/bash', '-c', script] }, { onStdout });
  return output;
}

test('portal and sandbox-server killed at once: the same learner, the same machine, still running', async () => {
  await run('echo mine > /root/file; setsid sleep 1000 >/dev/null 2>&1 </dev/null &');
  const before = await learner.request<{ sandbox: SandboxState }>('GET', '/api/me');
  expect(before.sandbox).toMatchObject({ status: 'running' });
  await Promise.all([course.kill('portal'), course.kill('sandbox-server')]);
  await expect
    .poll(() => learner.request('GET', '/api/me').catch(() => null), { timeout: 30_000 })
    .toMatchObject({ sandbox: { status: 'running', bootId: before.sandbox.bootId } });
  expect(await run('cat /root/file; pidof sleep >/dev/null && echo runs')).toBe('mine\nruns\n');
});

/** Learners in the whole copy that the portal keeps of its database. */
function copiedLearners(path: string): number {
  if (!existsSync(path)) return 0;
  const copy = new DatabaseSync(path, { readOnly: true });
  try {
    return Number(copy.prepare('SELECT count(*) AS count FROM learners').get()?.['count']);
  } finally {
    copy.close();
  }
}

test('the database destroyed: the copy serves, the learner has the machine, and the damaged file is kept', async () => {
  const path = join(course.layout.portalDir, 'chrootcamp.db');
  const before = await learner.request<{ sandbox: SandboxState }>('GET', '/api/me');
  // A portal writes a copy as it starts.
  await course.kill('portal');
  await expect.poll(() => copiedLearners(`${path}.copy`), { timeout: 30_000 }).toBeGreaterThan(0);
  writeFileSync(path, Buffer.alloc(50_000, 0xa5));
  truncateSync(`${path}-wal`, 0);
  await course.kill('portal');
  await expect
    .poll(() => learner.request('GET', '/api/me').catch(() => null), { timeout: 30_000 })
    .toMatchObject({ sandbox: { status: 'running', bootId: before.sandbox.bootId } });
  const kept = readdirSync(course.layout.portalDir).filter((name) => name.includes('.damaged-'));
  expect(kept).toHaveLength(1);
});
