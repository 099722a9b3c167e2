import { expect, test } from 'vitest';
import { said } from '../check.fixture.ts';
import { idOf, imageOf } from '../observer.fixture.ts';

const mine = `sha256:${idOf('1')}`;
const base = `sha256:${idOf('2')}`;
const steps = [{ CreatedBy: 'CMD ["sh"]' }, { CreatedBy: 'RUN /bin/sh -c echo hi' }];

/** The image `mine`, and `nginx` of the layers a and b. */
function machine(detail: Record<string, unknown>, history: unknown = steps) {
  return {
    images: [imageOf('1', 'mine:latest'), imageOf('2', 'nginx:latest')],
    imageDetails: { [mine]: detail, [base]: layers('a', 'b') },
    imageHistories: { [mine]: history },
  };
}
const layers = (...Layers: string[]) => ({ RootFS: { Layers } });
const asks = (expected: Record<string, unknown>) => ({ kind: 'image', reference: 'mine', expect: expected });

const passing: [Record<string, unknown>, Record<string, unknown>][] = [
  [
    { cmd: { equals: 'sh -c x' }, entrypoint: { equals: 'e' } },
    { Config: { Cmd: ['sh', '-c', 'x'], Entrypoint: ['e'] } },
  ],
  [
    { user: 'app', workingDir: '/', exposedPorts: ['80/tcp'] },
    { Config: { User: 'app:app', ExposedPorts: { '80/tcp': {}, '81/tcp': {} } } },
  ],
  [
    { env: { A: { equals: 'b' } }, labels: { c: { equals: 'd' } } },
    { Config: { Env: ['A=b'], Labels: { c: 'd' } } },
  ],
  [{ layers: { atLeast: 3, atMost: 3 }, base: 'nginx' }, layers('a', 'b', 'c')],
  [{ base: 'nginx' }, layers('a', 'b')],
  [
    { sizeBytesAtMost: 10, architecture: 'arm64', os: 'linux' },
    { Size: 10, Architecture: 'arm64', Os: 'linux' },
  ],
  [{ history: { contains: 'echo hi' }, digest: false }, {}],
  [{ digest: true }, { RepoDigests: ['mine@sha256:1'] }],
];
test.each(passing)('as asked: %j', async (expected, detail) => {
  expect(await said(asks(expected), machine(detail))).toMatch(/^pass: Image `mine` is there, .+\.$/);
});

const misses: [Record<string, unknown>, Record<string, unknown>, string][] = [
  [
    { cmd: { equals: 'sh' } },
    { Config: { Cmd: ['bash'] } },
    'Image `mine` has the default command `bash`; the task asks for `sh`.',
  ],
  [{ cmd: { equals: 'sh' } }, {}, 'Image `mine` has no default command; the task asks for `sh`.'],
  [{ user: 'app' }, {}, 'Image `mine` has no user set, so it runs as root; the task asks for `app`.'],
  [
    { exposedPorts: ['80/tcp', '81/tcp'] },
    { Config: { ExposedPorts: { '80/tcp': {} } } },
    'Image `mine` exposes `80/tcp`; the task asks for `81/tcp`.',
  ],
  [
    { exposedPorts: ['80/tcp'] },
    { Config: { ExposedPorts: null } },
    'Image `mine` exposes no port; the task asks for `80/tcp`.',
  ],
  [
    { env: { A: { equals: 'b' } } },
    { Config: { Env: ['A=B'] } },
    'Image `mine` has `B` in the environment variable `A`; the task asks for `b`. Only spaces or upper and lower case differ.',
  ],
  [{ layers: { atMost: 1 } }, layers('a', 'b'), 'Image `mine` has 2 layers; the task asks for at most 1.'],
  [
    { layers: { atLeast: 2, atMost: 3 } },
    layers('a'),
    'Image `mine` has 1 layer; the task asks for at least 2 and at most 3.',
  ],
  [
    { sizeBytesAtMost: 1_048_576 },
    { Size: 2_000_000 },
    'Image `mine` is 2000000 bytes (about 2 MiB) large; the task asks for at most 1 MiB.',
  ],
  [
    { base: 'nginx' },
    layers('b', 'a'),
    'Image `mine` does not begin with the layers of `nginx`; the task asks for one built on `nginx`.',
  ],
  [
    { architecture: 'arm64' },
    { Architecture: 'amd64' },
    'Image `mine` has the architecture `amd64`; the task asks for `arm64`.',
  ],
  [
    { history: { contains: 'apt-get' } },
    {},
    'The history of image `mine` has no step that is something with `apt-get` in it. The last of its 2 steps is `CMD ["sh"]`.',
  ],
  [{ digest: true }, {}, 'Image `mine` has no digest, as it neither came from a registry nor went to one.'],
  [
    { digest: false },
    { RepoDigests: ['x@y'] },
    'Image `mine` has a digest of a registry; the task asks for one that was only made here.',
  ],
  [
    { workingDir: '/app' },
    { Config: 'x', RootFS: 7, Size: 'big' },
    'Image `mine` has the working directory `/`; the task asks for `/app`.',
  ],
];
test.each(misses)('a near miss: %j', async (expected, detail, sentence) => {
  expect(await said(asks(expected), machine(detail))).toBe(`fail: ${sentence}`);
});

test('a base that is the image itself, or is not there, is said to be so', async () => {
  const itself = { kind: 'image', reference: 'nginx', expect: { base: 'nginx' } };
  expect(await said(itself, machine({}))).toBe(
    'fail: Image `nginx` is that very image, with nothing added; the task asks for one built on `nginx`.',
  );
  expect(await said(asks({ base: 'node' }), machine(layers('a')))).toBe(
    'fail: Whether image `mine` is built on `node` cannot be seen, as that image is not in your Docker.',
  );
});

test('a base without layers is no base', async () => {
  const empty = { ...machine(layers('a')), imageDetails: { [mine]: layers('a'), [base]: layers() } };
  expect(await said(asks({ base: 'nginx' }), empty)).toMatch(/^fail: /);
});

test('an image that goes between two looks is not there', async () => {
  expect(await said(asks({ user: 'x' }), { images: [imageOf('1', 'mine:latest')] })).toMatch(
    /^fail: There is/,
  );
});

test.each([
  [{ history: { contains: 'x' } }, { CreatedBy: 7 }],
  [{ history: { contains: 'x' } }, [null, { CreatedBy: 7 }]],
])('a history that makes no sense passes nothing %#', async (expected, history) => {
  expect(await said(asks(expected), machine({}, history))).not.toMatch(/^pass/);
});
