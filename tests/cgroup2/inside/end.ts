/** The end; nothing is left. It uses the shared sandbox up. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { client, hostWithoutSandboxes, inside, instance, leftovers, shutDown, theSandbox } from './server.ts';
import { settled } from './settled.ts';

test('destroying leaves no process, mount, loop device, cgroup or file', async () => {
  const id = await theSandbox();
  const before = leftovers();
  assert.ok(before.mounts.length > 0 && before.loops.length === 1 && before.cgroups.length === 1);
  await inside(
    'mkdir -p /sys/fs/cgroup/a/b/c; setsid sleep 1000 >/dev/null 2>&1 & echo $! > /sys/fs/cgroup/a/b/c/cgroup.procs',
  );
  await client.destroy(id);
  await settled(() => isDeepStrictEqual(leftovers(), hostWithoutSandboxes));
  assert.deepEqual(leftovers(), hostWithoutSandboxes);
});

test('shutting down leaves no cgroup of the instance', async () => {
  await shutDown();
  assert.equal(existsSync(`/sys/fs/cgroup/chrootcamp-${instance}`), false);
});
