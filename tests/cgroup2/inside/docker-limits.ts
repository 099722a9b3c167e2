/** What lessons on limits rely on: Docker's own ones work inside. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inside } from './server.ts';

test('docker run -m, --cpus and --pids-limit are in the container’s cgroup, and the last one holds', async () => {
  const script = 'cd /sys/fs/cgroup; cat memory.max cpu.max pids.max; for i in $(seq 30); do sleep 1 & done';
  const limits = '-m 64m --cpus 0.5 --pids-limit 20';
  const output = await inside(`docker run --rm ${limits} busybox sh -c '${script}' 2>&1`);
  assert.match(output, /^67108864\n50000 100000\n20\n.*can't fork/);
});

test('a container beyond its memory is killed, and Docker tells so', async () => {
  await inside('docker run --name eater -m 32m busybox dd if=/dev/zero of=/dev/null bs=100M count=1');
  const format = '{{.State.OOMKilled}} {{.State.ExitCode}}';
  assert.equal(await inside(`docker inspect --format '${format}' eater`), 'true 137');
});
