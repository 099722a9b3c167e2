/** Cgroups, mounts, namespaces and what answers, of machines told in literals: what real ones do not show at once. */
import { expect, test } from 'vitest';
import { said } from '../check.fixture.ts';
import type { LiteralMachine } from '../observer.fixture.ts';
import { answerOf, containerOf, imageOf, init, mountOf, processOf, tableOf } from '../observer.fixture.ts';
import type { CgroupObservation } from '../observer.ts';

const cgroup = (changes: Partial<CgroupObservation>): LiteralMachine => ({
  cgroups: {
    '/demo': { version: 'v2', controllers: ['', 'memory', 'pids'], limits: {}, children: [], ...changes },
  },
  processes: [init, processOf({ name: 'sleep', cgroups: { '': '/demo/deeper' } })],
});
const demo = (expectation: Record<string, unknown>) => ({
  kind: 'cgroup',
  path: '/demo',
  expect: expectation,
});

test.each<[string, Record<string, unknown>, LiteralMachine, string]>([
  [
    'v2, as asked, with a process further down',
    demo({ limits: { memoryBytes: 65_536, pids: 'none' }, member: { name: { equals: 'sleep' } } }),
    cgroup({ limits: { memoryBytes: 65_536, pids: null } }),
    'pass: Cgroup `/demo` is there, with a memory limit of 64 KiB, with no limit of processes, with a process called `sleep` in it.',
  ],
  [
    'a limit rounded to a page is the limit',
    demo({ limits: { memoryBytes: 65_537 } }),
    cgroup({ limits: { memoryBytes: 65_536 } }),
    'pass: Cgroup `/demo` is there',
  ],
  [
    'a controller that was not switched on',
    demo({ limits: { cpus: 0.5 } }),
    cgroup({}),
    'fail: There is a cgroup `/demo`, but not for `cpu`, which its limits need.',
  ],
  [
    'not frozen',
    demo({ frozen: true }),
    cgroup({ frozen: false }),
    'fail: Cgroup `/demo` is not frozen; the task asks that it be frozen.',
  ],
  [
    'a name that only begins so is another cgroup',
    demo({ members: { atLeast: 1 } }),
    {
      ...cgroup({}),
      processes: [init, processOf({ cgroups: { '': '/demolition' } })],
    },
    'fail: Cgroup `/demo` has 0 processes in it; the task asks for at least 1.',
  ],
  [
    'of two mounts at one place the later is seen',
    { kind: 'mount', target: '/mnt', expect: { type: 'ramfs' } },
    { mounts: [tableOf(mountOf({}), mountOf({ type: 'ramfs', device: '0:9' }))] },
    'pass: The file system `ramfs` is mounted at `/mnt`.',
  ],
  [
    'a colon in the name of a layer',
    { kind: 'mount', target: '/mnt', expect: { layers: { lower: ['/a:b', '/c'] } } },
    {
      mounts: [tableOf(mountOf({ type: 'overlay', device: '0:9', superOptions: ['lowerdir=/a\\:b:/c'] }))],
    },
    'pass: ',
  ],
  [
    'the mounts of nobody',
    { kind: 'mount', target: '/mnt', seenBy: { name: { equals: 'sh' } } },
    {},
    'fail: No process called `sh` is running, so nothing can be said of its mounts.',
  ],
  [
    'a namespace that could not be read',
    { kind: 'namespace', of: { process: { name: { equals: 'sh' } } }, different: ['net'] },
    { processes: [init, processOf({ ns: {} })] },
    'could-not-look: We could not look at the namespaces of your machine: the network (network namespace) could not be read.',
  ],
  [
    'a registry that wants a login',
    { kind: 'registry', registry: 'localhost:5000', repository: 'a' },
    { http: { '127.0.0.1:5000/v2/a/manifests/latest': answerOf('', { status: 401 }) } },
    'fail: What answers at the registry at `localhost:5000` is no registry, or wants a login: it says status 401.',
  ],
  [
    'a list of tags that is no list',
    { kind: 'registry', registry: 'localhost:5000', repository: 'a' },
    {
      http: {
        '127.0.0.1:5000/v2/a/manifests/latest': answerOf('', { status: 404 }),
        '127.0.0.1:5000/v2/a/tags/list': answerOf('{"tags":{"__proto__":1}}'),
      },
    },
    'fail: There is no `localhost:5000/a:latest` in the registry at `localhost:5000` yet.',
  ],
  [
    'a registry that tells no digest is not believed to have the same',
    { kind: 'registry', registry: 'localhost:5000', repository: 'a', expect: { sameAs: 'nginx' } },
    {
      images: [imageOf('1', 'nginx:latest')],
      http: { '127.0.0.1:5000/v2/a/manifests/latest': answerOf('{}') },
    },
    'fail: `localhost:5000/a:latest` is in the registry at `localhost:5000`, but it is another image than your `nginx`.',
  ],
  [
    'a container that is not running answers nowhere',
    { kind: 'http', url: 'http://web/', container: 'web' },
    { containers: [containerOf('a', { State: 'exited', Status: 'Exited (0) now' })] },
    'fail: Container `web` has ended, so nobody answers there.',
  ],
  [
    'an answer that would break out of its code span',
    { kind: 'http', url: 'http://localhost/', expect: { body: { equals: 'x' } } },
    { http: { '127.0.0.1:80/': answerOf('`</code><script>\u001b[2J`') } },
    "fail: `http://localhost/` answers `'</code><script>\\e[2J'`; the task asks for `x`.",
  ],
  [
    'a script ended by a signal',
    { kind: 'script', run: 'x', because: 'nothing else tells it', asks: 'a good end' },
    { script: { exitCode: null, timedOut: false, output: '' } },
    'could-not-look: We could not look at a test run in your machine: the test was ended by a signal.',
  ],
])('%s', async (_name, check, machine, sentence) => {
  expect(await said(check, machine)).toContain(sentence);
});
