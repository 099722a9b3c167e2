/** The kinds that look at the machine itself, against states that real commands made. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RunningSandboxServer } from '../running-sandbox-server.ts';
import { machineState, putRegistry } from './machine-state.ts';
import { saidOf } from './said.ts';

let server: RunningSandboxServer;
let sandboxId: string;
beforeAll(async () => {
  server = await RunningSandboxServer.start();
  sandboxId = await server.sandbox();
  await putRegistry(server, sandboxId);
  const { exitCode, output } = await server.run(sandboxId, machineState, 200_000);
  expect(output, output).not.toContain('rror response');
  expect(exitCode, output).toBe(0);
});
afterAll(() => server[Symbol.asyncDispose]());

const said = (check: Record<string, unknown>) => saidOf(check, { client: server.client, sandboxId });
const sleep = (seconds: number) => ({ command: { equals: `sleep ${seconds}` } });
const web = (expectation: Record<string, unknown>) => ({
  kind: 'http',
  url: 'http://localhost:8080/',
  expect: expectation,
});
const overlay = (layers: Record<string, unknown>) => ({
  kind: 'mount',
  target: '/root/o/merged',
  expect: { type: 'overlay', layers },
});
const pushed = { kind: 'registry', registry: 'localhost:5000', repository: 'team/tool', tag: '1' };

describe('as asked', () => {
  test.each<Record<string, unknown>>([
    web({ status: 200, body: { contains: 'nginx' }, headers: { Server: { contains: 'nginx' } } }),
    { kind: 'http', url: 'http://web/', container: 'hidden', expect: { status: 200 } },
    { kind: 'http', url: 'http://localhost:8080/nothing', expect: { status: 404 } },
    { kind: 'http', url: 'http://localhost:9999/', present: false },
    pushed,
    { ...pushed, expect: { sameAs: 'busybox' } },
    { ...pushed, tag: '2', present: false },
    { kind: 'registry', registry: 'course', repository: 'library/busybox' },
    { kind: 'registry', registry: 'course', repository: 'library/nginx', expect: { sameAs: 'nginx' } },
    { kind: 'namespace', of: { process: sleep(3003) }, same: ['mnt', 'user'], different: ['uts', 'net'] },
    {
      kind: 'namespace',
      of: { process: sleep(3002) },
      beside: { netns: 'lab' },
      same: ['net'],
    },
    { kind: 'namespace', of: { netns: 'lab' }, different: ['net'] },
    {
      kind: 'cgroup',
      path: '/demo',
      expect: {
        limits: { memoryBytes: 33_554_432, pids: 20 },
        member: sleep(3001),
        members: { atLeast: 1, atMost: 1 },
        frozen: false,
      },
    },
    { kind: 'cgroup', path: '/nowhere', present: false },
    {
      kind: 'process',
      find: sleep(3001),
      expect: { cgroup: '/demo', limits: { memoryBytes: 33_554_432, pids: 20 } },
    },
    overlay({ lower: ['/root/o/low', '/root/o/base'], upper: '/root/o/up', work: '/root/o/work' }),
    {
      kind: 'mount',
      target: '/mnt/data',
      expect: { type: 'bind', source: '/srv/data', options: ['ro'] },
    },
    { kind: 'mount', target: '/root/tmp', expect: { type: 'tmpfs', options: ['size=1024k', 'nosuid'] } },
    { kind: 'mount', target: '/root/private', seenBy: sleep(3004), expect: { type: 'tmpfs' } },
    { kind: 'mount', target: '/root/private', present: false },
    { kind: 'file', path: '/root/link', type: 'link', linkTo: { equals: '/etc/hostname' } },
    {
      kind: 'not',
      check: { kind: 'mount', target: '/root/nothing' },
    },
    {
      kind: 'script',
      run: 'test -d /root/shop',
      because: 'a directory is enough here',
      asks: 'a directory',
    },
  ])('%j', async (check) => {
    expect(await said(check)).toMatch(/^pass: /);
  });
});

describe('near misses', () => {
  test.each<[Record<string, unknown>, string]>([
    [web({ status: 404 }), '`http://localhost:8080/` answers with status 200; the task asks for 404.'],
    [web({ body: { equals: 'hello' } }), '`http://localhost:8080/` answers `<!doctype html>'],
    [
      web({ headers: { 'X-Made-By': { equals: 'me' } } }),
      'The answer of `http://localhost:8080/` has no header `x-made-by`; the task asks for one set to `me`.',
    ],
    [
      { kind: 'http', url: 'http://localhost:8081/' },
      "Nobody answers at `http://localhost:8081/` yet. | Port 8081 of container `wrong-way` is published on port 80 of your machine, not on 8081. Your machine's port comes first in `-p`.",
    ],
    [
      { kind: 'http', url: 'http://localhost:5001/' },
      'Something answers at `http://localhost:5001/`, but not with HTTP. | Is it the right port?',
    ],
    [
      { kind: 'http', url: 'http://localhost:5002/' },
      'Something takes connections at `http://localhost:5002/`, but gives no answer.',
    ],
    [
      { kind: 'http', url: 'http://x/', container: 'quiet-one' },
      'Nobody answers at `http://x/` of container `quiet-one` yet. | Container `quiet-one` is running, but nothing in it listens on port 80',
    ],
    [{ kind: 'http', url: 'http://x/', container: 'missing' }, 'There is no container called `missing` yet.'],
    [
      { kind: 'http', url: 'http://localhost:8080/', present: false },
      'Something still answers at `http://localhost:8080/`',
    ],
    [
      { ...pushed, tag: '2' },
      'The registry at `localhost:5000` has `team/tool` with the tags `1`, but not `2`.',
    ],
    [
      { ...pushed, expect: { sameAs: 'nginx' } },
      "`localhost:5000/team/tool:1` is in the registry at `localhost:5000`, but it is another image than your `nginx`. | Give your image the registry's name by `docker tag`, and push that.",
    ],
    [
      { kind: 'registry', registry: 'localhost:5000', repository: 'team/unpushed' },
      'There is no `localhost:5000/team/unpushed:latest` in the registry at `localhost:5000` yet. | Your Docker has an image `localhost:5000/team/unpushed:latest`: it is still to be pushed.',
    ],
    [
      { kind: 'registry', registry: 'localhost:5000', repository: 'busybox' },
      'There is no `localhost:5000/busybox:latest` in the registry at `localhost:5000` yet. | Your image `busybox:latest` has no name of that registry yet: `docker tag` gives it `localhost:5000/busybox:latest`.',
    ],
    [
      { kind: 'registry', registry: 'localhost:5009', repository: 'busybox' },
      'Nobody answers at the registry at `localhost:5009` yet.',
    ],
    [
      { kind: 'namespace', of: { process: sleep(3003) }, different: ['mnt'] },
      'shares the mounts (mount namespace) of your machine; the task asks that it have its own.',
    ],
    [
      { kind: 'namespace', of: { netns: 'other' }, different: ['net'] },
      'There is no network namespace `other` yet. There is network namespace `lab`.',
    ],
    [
      { kind: 'cgroup', path: '/demo', expect: { limits: { memoryBytes: 67_108_864 } } },
      'Cgroup `/demo` has a memory limit of 32 MiB; the task asks for a memory limit of 64 MiB.',
    ],
    [
      { kind: 'cgroup', path: '/demo', expect: { member: sleep(3002) } },
      'A process called `sleep` is running, but in cgroup `/',
    ],
    [{ kind: 'cgroup', path: '/dem' }, 'There is no cgroup `/dem` yet; in `/` there is `demo`.'],
    [
      overlay({ lower: ['/root/o/base', '/root/o/low'] }),
      'The overlay at `/root/o/merged` has the lower layers `/root/o/low` and `/root/o/base`; the task asks for `/root/o/base` and `/root/o/low`. | The order counts: the first of `lowerdir` lies on top.',
    ],
    [
      { kind: 'mount', target: '/mnt/data', expect: { type: 'overlay' } },
      'At `/mnt/data` there is a bind mount of `/srv/data`; the task asks for the file system `overlay`.',
    ],
    [
      { kind: 'mount', target: '/mnt/data', expect: { type: 'bind', source: '/srv' } },
      '`/mnt/data` shows `/srv/data`; the task asks for `/srv`.',
    ],
    [
      { kind: 'mount', target: '/root/tmp', expect: { options: ['size=2048k'] } },
      'The mount at `/root/tmp` has `size=1024k`; the task asks for the option `size=2048k`.',
    ],
    [
      { kind: 'mount', target: '/root/private', expect: { type: 'tmpfs' } },
      'Nothing is mounted at `/root/private` yet; what the task asks for is mounted at `/root/tmp`.',
    ],
    [
      { kind: 'mount', target: '/root/private', expect: { type: 'ramfs' } },
      'Nothing is mounted at `/root/private` yet. | A shell started by `unshare --mount` has mounts of its own',
    ],
    [
      { kind: 'file', path: '/root/link', type: 'link', linkTo: { equals: '/etc/passwd' } },
      '`/root/link` is a link to `/etc/hostname`; the task asks for one to `/etc/passwd`.',
    ],
    [
      {
        kind: 'script',
        run: 'echo five; exit 5',
        because: 'no other kind prints five',
        asks: 'an exit code of 0',
      },
      'Not yet so; the task asks for an exit code of 0.',
    ],
  ])('%j', async (check, sentence) => {
    expect((await said(check)).replace(/^fail: /, '')).toContain(sentence);
  });
});

test('a script that does not end is ended, and told', async () => {
  const check = {
    kind: 'script',
    run: 'sleep 100',
    because: 'it never ends by itself',
    asks: 'patience',
    timeoutMs: 300,
  };
  expect(await said(check)).toBe(
    'could-not-look: We could not look at a test run in your machine: the test did not end in time. Try again in a moment.',
  );
});

test('a compose file is read as it stands', async () => {
  const shop = (path: string, image: string) => ({
    kind: 'compose',
    project: 'shop',
    file: {
      path,
      says: { 'services.web.image': { equals: image }, 'services.web.ports': { equals: '8090:80' } },
    },
  });
  expect(await said(shop('/root/shop/compose.yaml', 'busybox'))).toBe(
    'fail: `/root/shop/compose.yaml` says `nginx` for `services.web.image`; the task asks for `busybox`.',
  );
  expect(await said(shop('/root/shop/compose.yaml', 'nginx'))).toBe(
    'fail: There is no compose project `shop` yet.',
  );
  expect(await said(shop('/root/shop/tabs.yaml', 'nginx'))).toMatch(
    /^fail: `\/root\/shop\/tabs.yaml` is not YAML/,
  );
});
