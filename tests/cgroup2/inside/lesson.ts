/** cgroups made by hand, as the lessons make them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inside } from './server.ts';

const here = '/sys/fs/cgroup/lesson';

test('a cgroup made by hand takes limits', async () => {
  const output = await inside(`mkdir ${here} && cd ${here}
    echo 50M > memory.max; echo 0 > memory.swap.max; echo 10 > pids.max; cat memory.max pids.max`);
  assert.equal(output, '52428800\n10');
});

test('its memory limit kills, and its counters tell', async () => {
  const hungry = 'head -c 100000000 /dev/zero | tail -c 90000000 | wc -c';
  assert.equal(await inside(`sh -c 'echo $$ > ${here}/cgroup.procs; ${hungry}' 2>/dev/null`), '0');
  assert.match(await inside(`cat ${here}/memory.events`), /^oom_kill 1$/m);
  assert.equal(await inside(`cat ${here}/memory.peak`), '52428800');
});

test('its process limit refuses a fork', async () => {
  const forks = `sh -c 'echo $$ > ${here}/cgroup.procs; for i in $(seq 20); do sleep 1 & done' 2>&1`;
  assert.match(await inside(forks), /Cannot fork/);
});

test('its CPU limit throttles', async () => {
  const busy = 'timeout 2 sh -c "while :; do :; done"';
  const output = await inside(`echo "20000 100000" > ${here}/cpu.max; cat ${here}/cpu.max
    sh -c 'echo $$ > ${here}/cgroup.procs; ${busy}'; grep nr_throttled ${here}/cpu.stat`);
  assert.match(output, /^20000 100000\nnr_throttled [1-9]/);
});

test('a process is moved, frozen, thawed and killed by it', async () => {
  const output = await inside(`cd ${here}
    exec 2>/dev/null; echo max > cpu.max; setsid sleep 1000 & pid=$!; echo $pid > cgroup.procs
    [ "$(cat cgroup.procs)" = $pid ] && echo moved
    echo 1 > cgroup.freeze; for i in $(seq 50); do grep -x 'frozen 1' cgroup.events && break; sleep 0.1; done
    echo 0 > cgroup.freeze; echo 1 > cgroup.kill
    for i in $(seq 50); do grep -x 'populated 0' cgroup.events && break; sleep 0.1; done
    cd ..; rmdir lesson && echo removed`);
  assert.equal(output, 'moved\nfrozen 1\npopulated 0\nremoved');
});

test('a nested cgroup has the controllers that its parent hands down', async () => {
  const output = await inside(`cd /sys/fs/cgroup; mkdir -p grp/a; echo "[$(cat grp/a/cgroup.controllers)]"
    echo "+memory +pids" > grp/cgroup.subtree_control; echo "[$(cat grp/a/cgroup.controllers)]"
    bash -c 'echo $$ > grp/cgroup.procs' 2>&1; rmdir grp/a grp`);
  assert.match(output, /^\[\]\n\[memory pids\]\n.*busy$/i);
});

test('unshare --cgroup makes the own cgroup the root', async () => {
  const output = await inside(`mkdir /sys/fs/cgroup/box
    sh -c 'echo $$ > /sys/fs/cgroup/box/cgroup.procs; cat /proc/self/cgroup; unshare --cgroup cat /proc/self/cgroup'
    rmdir /sys/fs/cgroup/box`);
  assert.equal(output, '0::/box\n0::/');
});
