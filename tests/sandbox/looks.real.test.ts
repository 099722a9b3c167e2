import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RunningSandboxServer } from '../running-sandbox-server.ts';

let server: RunningSandboxServer;
let id: string;
let hostDirectory: string;
beforeAll(async () => {
  server = await RunningSandboxServer.start();
  id = await server.sandbox();
  hostDirectory = mkdtempSync(join(tmpdir(), 'camp-host-'));
  writeFileSync(join(hostDirectory, 'secret'), 'of the host');
});
afterAll(async () => {
  rmSync(hostDirectory, { recursive: true, force: true });
  await server[Symbol.asyncDispose]();
});

const look = (path: string, maxBytes = 1000) => server.client.readFile(id, { path, maxBytes });

test('a file is seen with its content, mode and owner as the sandbox numbers them', async () => {
  await server.run(id, 'echo hello > /root/f; chmod 640 /root/f; chown 33:44 /root/f');
  expect(await look('/root/f')).toMatchObject({
    outcome: 'found',
    type: 'file',
    mode: 0o640,
    uid: 33,
    gid: 44,
    sizeBytes: 6,
  });
  expect(Buffer.from((await look('/root/f')).content ?? '', 'base64').toString()).toBe('hello\n');
  expect(await look('/root/missing')).toEqual({ outcome: 'missing' });
  expect(await look('/root/f/below')).toEqual({ outcome: 'missing' });
});

test('links lead nowhere but inside', async () => {
  const secret = join(hostDirectory, 'secret');
  const up = `${'../'.repeat(20)}${secret.slice(1)}`;
  await server.run(
    id,
    `ln -s ${secret} /root/abs; ln -s ${up} /root/rel; ln -s /proc/1/root${secret} /root/magic; ln -s loop /root/loop`,
  );
  expect((await look('/root/abs')).outcome).toBe('missing');
  expect((await look('/root/rel')).outcome).toBe('missing');
  expect((await look('/root/magic')).outcome).not.toBe('found');
  expect(await look('/root/loop')).toEqual({ outcome: 'refused', reason: 'ELOOP', target: 'loop' });
  await server.run(id, 'ln -s /etc/hostname /root/inside');
  expect((await look('/root/inside')).outcome).toBe('found');
});

test('a FIFO, a device, an endless and a huge file neither block nor flood', async () => {
  await server.run(
    id,
    'mkfifo /root/fifo; truncate -s 100G /root/sparse 2>/dev/null || truncate -s 900M /root/sparse',
  );
  expect(await look('/root/fifo')).toMatchObject({ type: 'fifo' });
  expect((await look('/root/fifo')).content).toBeUndefined();
  expect((await look('/dev/zero')).content).toBeUndefined();
  const sparse = await look('/root/sparse', 10);
  expect(sparse).toMatchObject({ truncated: true });
  expect(Buffer.from(sparse.content ?? '', 'base64')).toHaveLength(10);
});

test('what the kernel tells only the host is not read for the learner', async () => {
  await server.run(
    id,
    'ln -s /proc/kallsyms /root/symbols; touch /root/kmsg; mount --bind /proc/kmsg /root/kmsg',
  );
  expect((await look('/root/symbols')).content).toBeUndefined();
  expect((await look('/root/kmsg')).content).toBeUndefined();
  expect((await look('/proc/1/environ')).content).toBeUndefined();
});

test('processes are told by the kernel, with root, namespaces and container', async () => {
  await server.run(
    id,
    'mkdir -p /srv/jail/bin; cp /bin/busybox /srv/jail/bin/sleep; chroot /srv/jail /bin/sleep 500 >/dev/null 2>&1 &',
  );
  await server.run(id, 'docker run -d --name inside busybox sleep 600');
  const processes = await server.client.processes(id);
  const command = (one: { cmdline: string }) =>
    Buffer.from(one.cmdline, 'base64').toString().replaceAll('\0', ' ').trim();
  const init = processes.find((one) => one.pid === 1);
  const jailed = processes.find((one) => one.root === '/srv/jail');
  const contained = processes.find((one) => command(one) === 'sleep 600');
  expect(command(init as never)).toContain('tini');
  expect(jailed?.ns['pid']).toBe(init?.ns['pid']);
  expect(contained?.ns['pid']).not.toBe(init?.ns['pid']);
  expect(contained?.cgroup).toMatch(/\/docker\/[0-9a-f]{64}/);
  expect(contained?.cgroup).not.toContain('chrootcamp');
});

test('dialing follows no link to a socket of the host', async () => {
  const path = join(hostDirectory, 'host.sock');
  const listener = createServer((socket) => socket.end('the host answered'));
  await new Promise<void>((resolve) => listener.listen(path, resolve));
  try {
    await server.run(
      id,
      `ln -s ${path} /run/out.sock; ln -s /proc/1/root${path} /run/magic.sock; touch /run/file.sock`,
    );
    for (const trap of ['/run/out.sock', '/run/magic.sock', '/run/file.sock', '/run/none.sock']) {
      await expect(server.client.dial(id, trap)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
  } finally {
    listener.close();
  }
});
