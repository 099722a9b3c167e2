/** The limits of the sandbox itself, on a level that is invisible inside. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { client, inside, instance, limits, theSandbox } from './server.ts';

async function hostFile(name: string): Promise<string> {
  return readFileSync(`/sys/fs/cgroup/chrootcamp-${instance}/${await theSandbox()}/${name}`, 'utf8').trim();
}

test('the limits are where they hold for all below', async () => {
  const found = await Promise.all(
    ['memory.max', 'memory.swap.max', 'pids.max', 'cpu.weight', 'cpu.max', 'cgroup.max.descendants'].map(
      hostFile,
    ),
  );
  const { memoryBytes, pids } = limits;
  assert.deepEqual(found, [`${memoryBytes}`, '0', `${pids}`, '100', '200000 100000', '1000']);
});

test('the share of the disk is written to whatever this kernel weighs by', async () => {
  const directory = `/sys/fs/cgroup/chrootcamp-${instance}/${await theSandbox()}`;
  const files = ['io.weight', 'io.bfq.weight'].filter((name) => existsSync(`${directory}/${name}`));
  for (const name of files) assert.match(await hostFile(name), /^(default )?100$/);
  assert.match(await hostFile('cgroup.controllers'), /\bio\b/);
});

test('memory: a hungry program is killed, and the sandbox goes on', async () => {
  assert.equal(
    await inside('exec 2>/dev/null; busybox dd if=/dev/zero of=/dev/null bs=600M count=1; echo $?'),
    '137',
  );
  // The killed one may have taken a little more on its way out.
  const peak = Number(await hostFile('memory.peak'));
  assert.ok(peak < 1.05 * limits.memoryBytes, `${peak}`);
  assert.match(await hostFile('memory.events'), /^oom_kill [1-9]/m);
  assert.equal((await client.view(await theSandbox())).docker, 'ready');
});

test('processes: a fork bomb meets its ceiling', async () => {
  assert.match(await inside(`sh -c 'for i in $(seq 500); do sleep 3 & done' 2>&1 | tail -1`), /Cannot fork/);
  assert.match(await hostFile('pids.events'), /^max [1-9]/m);
  assert.equal(await inside('pkill sleep; echo alive'), 'alive');
});

test('cgroups: nested ever deeper they meet a ceiling, and those there can be removed', async () => {
  const output = await inside(`cd /sys/fs/cgroup; mkdir -p deep/$(seq -s / 40); echo $?
    find deep -depth -type d -exec rmdir {} +; ls -d deep`);
  assert.match(output, /Resource temporarily unavailable\n1\n.*No such file/);
});
