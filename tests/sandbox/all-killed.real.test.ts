/** The whole course killed at once, as an operator has it: what a learner had is there again. */
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
