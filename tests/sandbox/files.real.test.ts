import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { download } from '../../portal/files/download.ts';
import { upload } from '../../portal/files/upload.ts';
import { RunningSandboxServer } from '../running-sandbox-server.ts';

let server: RunningSandboxServer;
let sandboxId: string;
beforeAll(async () => {
  server = await RunningSandboxServer.start({ limits: { diskBytes: 512 * 1024 * 1024 } });
  sandboxId = await server.sandbox();
});
afterAll(() => server[Symbol.asyncDispose]());

const never = new AbortController().signal;

function put(
  name: string,
  content: Buffer | Readable,
  { directory = '/root', bytes = 0, replace = false } = {},
) {
  const length = Buffer.isBuffer(content) ? content.length : bytes;
  const source = Buffer.isBuffer(content) ? Readable.from([content]) : content;
  return upload({
    client: server.client,
    sandboxId,
    directory,
    name,
    replace,
    bytes: length,
    content: source,
    stopping: never,
  });
}

async function get(path: string, options: { sizeDeadlineMs?: number } = {}): Promise<Buffer> {
  const parts: Buffer[] = [];
  await download({
    client: server.client,
    sandboxId,
    path,
    signal: never,
    target: { begin: () => {}, write: (chunk) => void parts.push(chunk), whenReady: () => undefined },
    ...options,
  });
  return Buffer.concat(parts);
}

test('a large file goes in and comes out, owned by the learner', async () => {
  const bytes = Buffer.from(Array.from({ length: 5_000_000 }, (_, index) => (index * 31) % 256));
  await put('large', bytes);
  expect((await get('/root/large')).equals(bytes)).toBe(true);
  expect(
    (await server.run(sandboxId, 'stat -c "%u:%g %a" /root/large; ls -A /root | grep upload')).output,
  ).toBe('0:0 644\n');
});

test('links lead around in the machine, never out of it', async () => {
  await server.run(
    sandboxId,
    'echo inside > /etc/inner; ln -sf /etc/inner /root/link; ln -sfn /etc /root/way',
  );
  expect((await get('/root/link')).toString()).toBe('inside\n');
  expect((await get('/root/../../../../etc/hostname')).toString()).toBe('camp\n');
  await put('link', Buffer.from('new'), { replace: true });
  await put('through', Buffer.from('x'), { directory: '/root/way' });
  expect((await server.run(sandboxId, 'cat /etc/inner /root/link /etc/through')).output).toBe('inside\nnewx');
});

test('FIFOs, devices and endless files are answered, not waited for', async () => {
  await server.run(sandboxId, 'mkfifo /root/fifo');
  for (const path of ['/root/fifo', '/dev/zero', '/dev/tty', '/root', '/run/docker.sock'])
    await expect(get(path), path).rejects.toMatchObject({ code: 'FILE_REFUSED' });
  await expect(get('/root/nothing')).rejects.toMatchObject({ code: 'FILE_MISSING' });
  await server.run(sandboxId, 'truncate -s 300M /root/sparse');
  await expect(get('/root/sparse')).rejects.toMatchObject({ code: 'FILE_TOO_LARGE' });
  expect((await get('/proc/self/status')).toString()).toContain('Name:');
});

test('a file that becomes a FIFO again and again hangs nobody', async () => {
  await server.run(
    sandboxId,
    'touch /root/flip; (while :; do rm -f /root/flip; mkfifo /root/flip; rm -f /root/flip; echo x > /root/flip; done) >/dev/null 2>&1 & sleep 0.2',
  );
  for (let turn = 0; turn < 15; turn += 1) {
    const outcome = await get('/root/flip', { sizeDeadlineMs: 1_000 }).then(
      (bytes) => bytes.toString(),
      (error: { code: string }) => error.code,
    );
    expect(['', 'x\n', 'FILE_REFUSED', 'FILE_MISSING', 'TRANSFER_FAILED']).toContain(outcome);
  }
  await server.run(sandboxId, 'pkill -f "mkfifo /root/fl[i]p"; rm -f /root/flip');
  await expect
    .poll(async () => (await server.run(sandboxId, 'pgrep -fc "downloa[d] "')).output, { timeout: 20_000 })
    .toBe('0\n');
});

test('a full disk is said, and nothing of the file is left', async () => {
  const bytes = 700 * 1024 * 1024;
  const piece = Buffer.alloc(1024 * 1024, 1);
  const source = Readable.from(
    (function* () {
      for (let count = 0; count < 700; count += 1) yield piece;
    })(),
  );
  await expect(put('huge', source, { bytes })).rejects.toMatchObject({ code: 'SANDBOX_DISK_FULL' });
  expect((await server.run(sandboxId, 'ls -A /root | grep -c "huge\\|upload"')).output).toBe('0\n');
  await put('small', Buffer.from('still fits'), { replace: true });
});

test('a machine whose tools lie is held to its word', async () => {
  await server.run(
    sandboxId,
    'mkdir -p /root/fake; mv /usr/bin/head /root/fake/; ln -s /usr/bin/yes /usr/bin/head',
  );
  try {
    await expect(get('/etc/hostname')).rejects.toMatchObject({ code: 'TRANSFER_FAILED' });
  } finally {
    await server.run(sandboxId, 'mv -f /root/fake/head /usr/bin/head');
  }
  expect((await get('/etc/hostname')).toString()).toBe('camp\n');
});
