/** What the learner owns of their cgroups, and what not. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inside, instance, theSandbox } from './server.ts';

const values = {
  'memory.max': 'max',
  'memory.high': 'max',
  'memory.swap.max': 'max',
  'pids.max': 'max',
  'cpu.max': 'max',
  'cpu.weight': '10000',
  'cgroup.freeze': '1',
  'cgroup.kill': '1',
  'cgroup.type': 'threaded',
};

test('no limit at the root of the sandbox can be written', async () => {
  const writes = Object.entries(values).map(([file, value]) => `echo ${value} > ${file}`);
  const output = await inside(`cd /sys/fs/cgroup; ${writes.join('; ')}`);
  const refused = Object.keys(values).map((file) => `${file}: Permission denied`);
  assert.deepEqual(
    output.split('\n').map((line) => line.replace(/^.*line \d+: /, '')),
    refused,
  );
});

test('nothing above the root of the sandbox can be seen', async () => {
  const id = await theSandbox();
  const output = await inside(
    'ls -a /sys/fs/cgroup/..; cat /proc/self/cgroup /proc/1/cgroup; grep cgroup /proc/self/mountinfo',
  );
  assert.ok(!output.includes(instance) && !output.includes(id), output);
});

test('a cgroup2 mounted anew, and a namespace of one’s own, show the same root or less', async () => {
  const mount = 'mkdir -p /mnt/cg && mount -t cgroup2 none /mnt/cg';
  assert.equal(
    await inside(`${mount} && ls -d /mnt/cg/init /mnt/cg/memory.max; umount /mnt/cg`),
    ['/mnt/cg/init', '/mnt/cg/memory.max'].join('\n'),
  );
  assert.equal(await inside(`unshare -UrCm sh -c '${mount} && ls /mnt/cg | grep -c -x init'`), '0');
});

test('no process can be moved out by its host-side path', async () => {
  assert.match(await inside('echo 1 > /sys/fs/cgroup/../cgroup.procs'), /denied|No such file|Read-only/);
});
