/** Stopping, recovery and the end; nothing is left. The last of the checks: they use the shared sandbox up. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import {
  client,
  dockerReady,
  hostWithoutSandboxes,
  inside,
  instance,
  kill,
  launch,
  leftovers,
  shutDown,
  theSandbox,
} from './server.ts';

async function settled(condition: () => boolean | Promise<boolean>): Promise<boolean> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    if (await condition()) return true;
    await delay(100);
  }
  return false;
}

test('a terminal is a shell on a PTY in the same cgroup', async () => {
  const id = await theSandbox();
  const { id: terminal } = await client.openTerminal(id, { cols: 80, rows: 24 });
  let screen = '';
  const attachment = client.attachTerminal(
    id,
    terminal,
    { from: 0 },
    {
      onHello: () => attachment.write(Buffer.from('tty; cat /proc/self/cgroup\r')),
      onOutput: (bytes: Buffer) => {
        screen += bytes.toString('latin1');
      },
      onExit: () => undefined,
      onClose: () => undefined,
    },
  );
  assert.ok(await settled(() => /\/dev\/pts\/\d[^]*0::\/init/.test(screen)), screen);
  await client.closeTerminal(id, terminal);
});

test('a killed sandbox-server finds its sandbox again, with its containers still running', async () => {
  const id = await theSandbox();
  const state = "docker inspect --format '{{.State.Pid}} {{.State.StartedAt}}' web";
  const before = await inside(state);
  const { bootId } = await client.view(id);
  await kill();
  await launch();
  const again = await client.view(id);
  assert.deepEqual([again.status, again.docker, again.bootId], ['running', 'ready', bootId]);
  assert.equal(await inside(state), before);
  assert.match(await inside('docker pull hello-world 2>&1'), /Downloaded newer image/);
});

test('a learner who has frozen all their processes can have the sandbox stopped and started', async () => {
  const id = await theSandbox();
  await inside('echo kept > /root/note; echo too > /etc/note; sync');
  // Looked at from outside: inside nobody is left to look.
  const leaf = `/sys/fs/cgroup/chrootcamp-${instance}/${id}/inner/init`;
  await inside('setsid sh -c "sleep 3; echo 1 > /sys/fs/cgroup/init/cgroup.freeze" >/dev/null 2>&1 &');
  assert.ok(await settled(() => readFileSync(`${leaf}/cgroup.events`, 'utf8').includes('frozen 1')));
  const stuck = await client.exec(id, { argv: ['/bin/true'], timeoutMs: 5_000 });
  assert.deepEqual(stuck, { exitCode: null, signal: 'SIGKILL', timedOut: true });
  assert.equal((await client.stop(id)).status, 'stopped');
  await client.start(id);
  await dockerReady(id);
});

test('files, images and stopped containers have come back', async () => {
  const output = await inside(
    'cat /root/note /etc/note; docker ps -a --format "{{.Names}} {{.Image}}" | grep web',
  );
  assert.equal(output, 'kept\ntoo\nweb busybox');
});

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
