import { expect, onTestFinished, test } from 'vitest';
import type { FileView, RawProcess } from '../protocol/sandbox-looks.ts';
import { CodedError } from '../protocol/errors.ts';
import { SandboxClient } from './client.ts';
import { createObserver } from './observer.ts';
import { startPeer } from './peer.fixture.ts';

const base64 = (text: string): string => Buffer.from(text).toString('base64');

function process(pid: number, { status, cmdline = '', cgroup = '0::/' }: Partial<RawProcess>): RawProcess {
  return {
    pid,
    status: base64(status ?? ''),
    cmdline: base64(cmdline),
    root: '/',
    cwd: '/root',
    exe: '/bin/bash',
    ns: { pid: 'pid:[1]' },
    cgroup,
    startTicks: 1,
  };
}

async function observing(answer: (url: URL) => object) {
  const peer = await startPeer((request, response) => {
    const body = answer(new URL(request.url ?? '', 'http://peer'));
    if (body instanceof CodedError) response.writeHead(body.status).end(JSON.stringify(body.toBody()));
    else response.end(JSON.stringify(body));
  });
  onTestFinished(() => peer[Symbol.asyncDispose]());
  const client = new SandboxClient({ socketPath: peer.socketPath });
  return createObserver({ client, sandboxId: 'abcdefghijkl' });
}

test('a file is seen as the grader wants it', async () => {
  const views: Record<string, FileView> = {
    '/a': {
      outcome: 'found',
      type: 'file',
      mode: 0o644,
      uid: 0,
      gid: 0,
      sizeBytes: 3,
      content: base64('héy'),
    },
    '/d': { outcome: 'found', type: 'directory', mode: 0o755, entries: ['x', 'y'] },
    '/null': { outcome: 'found', type: 'character-device', mode: 0o666 },
    '/link': { outcome: 'missing', type: 'symlink', target: '/nowhere' },
    '/gone': { outcome: 'missing' },
    '/loop': { outcome: 'refused', reason: 'too many links' },
  };
  const observer = await observing((url) => views[url.searchParams.get('path') ?? ''] ?? {});
  expect(await observer.file('/a')).toEqual({
    ok: true,
    value: { exists: true, type: 'file', mode: 0o644, uid: 0, gid: 0, sizeBytes: 3, text: 'héy' },
  });
  expect(await observer.file('/d')).toEqual({
    ok: true,
    value: { exists: true, type: 'directory', mode: 0o755, entries: ['x', 'y'] },
  });
  expect(await observer.file('/null')).toMatchObject({ ok: true, value: { type: 'other' } });
  expect(await observer.file('/gone')).toEqual({ ok: true, value: { exists: false } });
  expect(await observer.file('/link')).toEqual({
    ok: true,
    value: { exists: false, linkTarget: '/nowhere' },
  });
  expect(await observer.file('/loop')).toEqual({ ok: false, why: 'unreadable', reason: 'too many links' });
});

test('processes are numbered as the machine does', async () => {
  const id = 'ab'.repeat(32);
  const raws = [
    process(1, { status: 'Name:\ttini\nUid:\t165536\t165536\t165536\t165536\n' }),
    process(9, {
      status: 'Name:\ta\\nUid:\\t0\\\\\nNSpid:\t777\t9\nUid:\t166536\t165537\t165536\t165536\n',
      cmdline: 'sh\0-c\0echo  hi\0',
      cgroup: `2:pids:/docker/${id}\n1:name=systemd:/docker/${id}\n0::/`,
    }),
    process(10, { status: 'Name:\tstray\nUid:\t0\t0\t0\t0\n', cgroup: `0::/docker/${id.slice(1)}` }),
    process(0, { status: 'Name:\toutside\nUid:\t0\t0\t0\t0\n' }),
  ];
  const observer = await observing(() => ({ processes: raws }));
  const looked = await observer.processes();
  expect(looked).toMatchObject({
    ok: true,
    value: [
      { pid: 1, name: 'tini', uid: 0, argv: [], containerId: null },
      { pid: 9, name: 'a\nUid:\\t0\\', uid: 1, argv: ['sh', '-c', 'echo  hi'], containerId: id },
      { pid: 10, name: 'stray', uid: 65_534, containerId: null },
    ],
  });
});

test('the rights of a process are read where the kernel tells them', async () => {
  const told = 'CapEff:\t00000100a80425fb\nNoNewPrivs:\t1\nSeccomp:\t2\nSeccomp_filters:\t2\n';
  const raws = [
    process(1, { status: 'Name:\ttini\nUid:\t7\t7\t7\t7\nGid:\t7\t7\t7\t7\n' }),
    process(2, { status: `Name:\tsh\nUid:\t7\t7\t7\t7\nGid:\t7\t9\t7\t7\n${told}` }),
    process(3, { status: 'Name:\tsh\nUid:\t7\t7\t7\t7\nGid:\t5\t5\t5\t5\nCapEff:\tmuch\n' }),
  ];
  const looked = await (await observing(() => ({ processes: raws }))).processes();
  if (!looked.ok) throw new Error(looked.reason);
  expect(looked.value[1]).toMatchObject({
    gid: 2,
    capabilities: 0x100a80425fb,
    noNewPrivs: true,
    seccompFilters: 2,
  });
  expect(looked.value[2]).toMatchObject({ gid: 65_534 });
  expect(looked.value[2]).not.toHaveProperty('capabilities');
  expect(looked.value[2]).not.toHaveProperty('noNewPrivs');
});

test('the kernel is what the sandbox-server says, which nothing in the machine can change', async () => {
  const kernel = { release: '6.1.0-18-amd64', version: '#1 SMP', machine: 'x86_64' };
  const observer = await observing((url) =>
    url.pathname === '/v1/sandboxes/abcdefghijkl' ? { kernel } : {},
  );
  expect(await observer.kernel()).toEqual({ ok: true, value: kernel });
});

test.each([
  ['SANDBOX_NOT_RUNNING', 'your machine is not running'],
  ['SANDBOX_GONE', 'your machine no longer exists'],
  ['INTERNAL', 'your machine could not be looked into'],
] as const)('%s is a look that failed, not an exception', async (code, reason) => {
  const observer = await observing(() => new CodedError(code, 'as it is'));
  const failed = { ok: false, why: 'unreadable', reason };
  expect(await observer.file('/a')).toEqual(failed);
  expect(await observer.processes()).toEqual(failed);
  expect(await observer.kernel()).toEqual(failed);
});

test("a look ends with its own signal and with the observer's", async () => {
  const peer = await startPeer(() => {}, { docker: () => {} });
  onTestFinished(() => peer[Symbol.asyncDispose]());
  const client = new SandboxClient({ socketPath: peer.socketPath });
  const own = new AbortController();
  const whole = new AbortController();
  const observer = createObserver({ client, sandboxId: 'abcdefghijkl', signal: whole.signal });
  const first = observer.file('/a', { signal: own.signal });
  own.abort(new Error('too late'));
  await expect(first).rejects.toThrow();
  const others = [observer.processes({ signal: new AbortController().signal }), observer.docker('/info')];
  whole.abort(new Error('the page was closed'));
  for (const other of others) await expect(other).rejects.toThrow('the page was closed');
});
