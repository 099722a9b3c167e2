/** Terminals, stopping, recovery. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readFileSync } from 'node:fs';
import { ReadTerminal } from '../../read-terminal.ts';
import { client, dockerReady, inside, instance, kill, launch, theSandbox } from './server.ts';
import { settled } from './settled.ts';

test('a terminal is a shell on a PTY in the same cgroup', async () => {
  const id = await theSandbox();
  const terminal = await ReadTerminal.open(client, id);
  terminal.type('tty; cat /proc/self/cgroup\r');
  assert.ok(await settled(() => /\/dev\/pts\/\d[^]*0::\/init/.test(terminal.text)), terminal.text);
  await client.closeTerminal(id, terminal.id);
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
