import { parse } from 'yaml';
import { expect, test } from 'vitest';
import { exerciseSchema } from '../../protocol/exercise.ts';
import { draftOf } from './draft.ts';
import type { MachineSnapshot, RecordedContainer } from './snapshot.ts';

const empty: MachineSnapshot = {
  containers: [],
  images: [],
  volumes: [],
  networks: ['bridge', 'host', 'none'],
  files: new Map(),
  history: ['ls'],
};
const web: RecordedContainer = {
  id: 'a'.repeat(64),
  name: 'web',
  image: 'nginx',
  state: 'running',
  exitCode: 0,
  command: ['nginx', '-g', 'daemon off;'],
  ports: [{ containerPort: 80, hostPort: 8080 }],
  volumes: [{ type: 'volume', source: 'pages', target: '/srv' }],
  labels: { maintainer: 'them', owner: 'me' },
  env: { PATH: '/bin', COLOUR: 'a=b' },
  networks: ['inner'],
  memoryBytes: 67_108_864,
  restartPolicy: 'always',
};

/** The checks of a draft, judged by the schema that will read them. */
function checksOf(draft: string): unknown {
  return exerciseSchema.shape.checks.parse((parse(draft) as { checks: unknown }).checks);
}

test('what has come is asked for, by the words that were typed', () => {
  const after: MachineSnapshot = {
    ...empty,
    containers: [web],
    images: ['busybox:latest', 'nginx:latest'],
    volumes: ['pages', 'b'.repeat(64)],
    networks: [...empty.networks, 'inner'],
    files: new Map([
      ['/root/out', { type: 'directory', mode: 0o755, text: '' }],
      ['/root/out/a.sh', { type: 'file', mode: 0o755, text: 'echo hi\n' }],
    ]),
    history: [
      'ls',
      'docker pull busybox',
      'docker run -d --name web -l owner=me -p 8080:80 -v pages:/srv -e COLOUR=a=b -m 64m --network inner --restart always nginx',
      'docker ps',
      'ls | wc -l',
    ],
  };
  const { checks, solve, notes } = draftOf(empty, after);
  expect(checksOf(checks)).toMatchObject([
    { kind: 'image', reference: 'busybox' },
    { kind: 'volume', name: 'pages' },
    { kind: 'network', name: 'inner' },
    {
      kind: 'container',
      find: { name: 'web' },
      expect: {
        image: 'nginx',
        state: 'running',
        ports: [{ containerPort: 80, hostPort: 8080 }],
        mounts: [{ type: 'volume', source: 'pages', target: '/srv' }],
        env: { COLOUR: { equals: 'a=b' } },
        networks: ['inner'],
        limits: { memoryBytes: 67_108_864 },
        restartPolicy: 'always',
        labels: { owner: { equals: 'me' } },
      },
    },
    { kind: 'file', path: '/root/out/a.sh', executable: true, content: { equals: 'echo hi' } },
  ]);
  expect(solve).toBe(
    'docker pull busybox\ndocker run -d --name web -l owner=me -p 8080:80 -v pages:/srv -e COLOUR=a=b -m 64m --network inner --restart always nginx\nls | wc -l\n',
  );
  expect(notes).toEqual([]);
});

test('what has gone or ended is asked for as well', () => {
  const before: MachineSnapshot = {
    ...empty,
    containers: [web, { ...web, id: 'c', name: 'sad_bell', image: 'busybox' }],
    images: ['nginx:latest', 'alpine:3'],
    files: new Map([['/root/a', { type: 'file', mode: 0o644, text: '' }]]),
  };
  const after: MachineSnapshot = {
    ...empty,
    containers: [{ ...web, state: 'exited', exitCode: 137 }],
    images: ['nginx:latest'],
    history: ['ls', 'docker kill web'],
  };
  expect(checksOf(draftOf(before, after).checks)).toMatchObject([
    { kind: 'image', reference: 'alpine:3', present: false },
    { kind: 'container', find: { name: 'web' }, expect: { state: 'exited', exitCode: 137 } },
    { kind: 'not', check: { kind: 'container', find: { name: 'sad_bell' } } },
    { kind: 'file', path: '/root/a', type: 'absent' },
  ]);
});

test('nothing changed is said, and is no draft', () => {
  const { checks, notes } = draftOf(empty, empty);
  expect(checks).toBe('');
  expect(notes.join('\n')).toContain('nothing that is recorded has changed');
});

test('a program is asked for as what ran, not as a word', () => {
  const clock = { ...web, name: 'sad_bell', image: 'busybox', state: 'exited', command: ['date'] };
  const after = { ...empty, containers: [clock], history: ['ls', 'docker run busybox date'] };
  expect(draftOf(empty, after).checks).toContain('program: date');
});
