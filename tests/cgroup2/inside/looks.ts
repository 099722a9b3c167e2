/** What graders read from outside. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { client, inside, instance, theSandbox } from './server.ts';

async function cgroupOf(commandLine: string): Promise<string | undefined> {
  const processes = await client.processes(await theSandbox());
  const command = (encoded: string) => Buffer.from(encoded, 'base64').toString().replaceAll('\0', ' ').trim();
  return processes.find(({ cmdline }) => command(cmdline) === commandLine)?.cgroup.trim();
}

test('processes are told with their cgroup as the learner sees it', async () => {
  assert.match((await cgroupOf('sleep 900')) ?? '', /^0::\/docker\/[0-9a-f]{64}$/);
  const init = (await client.processes(await theSandbox())).find(({ pid }) => pid === 1);
  assert.equal(init?.cgroup.trim(), '0::/init');
  assert.ok(!init?.cgroup.includes(instance));
});

test('a threaded cgroup of the learner’s hides no process, nor the others', async () => {
  const output =
    await inside(`cd /sys/fs/cgroup; mkdir -p domain/thread; echo threaded > domain/thread/cgroup.type
    setsid sleep 700 >/dev/null 2>&1 & echo $! > domain/cgroup.procs; echo $! > domain/thread/cgroup.threads
    cat domain/cgroup.type domain/thread/cgroup.type`);
  assert.equal(output, 'domain threaded\nthreaded');
  assert.match((await cgroupOf('sleep 700')) ?? '', /^0::\/domain/);
  await inside('pkill -f "sleep 700"; sleep 0.5; cd /sys/fs/cgroup; rmdir domain/thread domain');
});
