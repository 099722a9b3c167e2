/** A host, or a container as a host, whose /dev has no loop device to give. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RunningSandboxServer } from '../running-sandbox-server.ts';
import { leftoversOf } from './leftovers.ts';

/** Moves a /dev over the host's, in a mount namespace of its own, that has all we need but loop devices, nor can make any. */
const hideLoops = `set -e
  mkdir -p /run/chrootcamp-dev
  mount -t tmpfs -o nodev dev /run/chrootcamp-dev
  cd /dev
  for node in null zero full random urandom tty ptmx loop-control; do
    touch /run/chrootcamp-dev/$node && mount --bind $node /run/chrootcamp-dev/$node
  done
  mkdir /run/chrootcamp-dev/pts && mount --rbind pts /run/chrootcamp-dev/pts
  ln -s /proc/self/fd /run/chrootcamp-dev/fd
  mount --move /run/chrootcamp-dev /dev
  rmdir /run/chrootcamp-dev
  echo ready; exec cat`;

let holder: ChildProcess;
let server: RunningSandboxServer;
const within = () => ['nsenter', '--target', String(holder.pid), '--mount', '--'];
beforeAll(async () => {
  holder = spawn('unshare', ['--mount', 'sh', '-c', hideLoops], { stdio: ['pipe', 'pipe', 'inherit'] });
  await once(holder.stdout as NodeJS.ReadableStream, 'data');
  server = await RunningSandboxServer.start({ within: within() });
});
afterAll(async () => {
  await server?.[Symbol.asyncDispose]();
  holder.kill('SIGKILL');
});

test('making one is refused as full, naming the cause, and leaves nothing; with devices again it works', async () => {
  const before = leftoversOf(server);
  await expect(server.client.create({})).rejects.toMatchObject({
    code: 'SANDBOX_FULL',
    message: expect.stringContaining('no loop device'),
  });
  expect(await server.client.health()).toMatchObject({ status: 'failing', running: 0 });
  await expect.poll(() => leftoversOf(server)).toEqual(before);

  const [command = '', ...args] = within();
  execFileSync(command, [...args, 'umount', '-l', '/dev']);
  const { id } = await server.client.create({});
  expect((await server.run(id, 'echo room')).output).toBe('room\n');
  expect(await server.client.health()).toMatchObject({ status: 'ok' });
  await server.client.destroy(id);
});
