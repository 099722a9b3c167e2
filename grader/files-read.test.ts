import { expect, test } from 'vitest';
import { exerciseOf } from './check.fixture.ts';
import { checksReading, filesReadBy } from './files-read.ts';

const exercise = exerciseOf(
  { id: 'file', kind: 'file', path: '/srv/a' },
  { id: 'tree', kind: 'directory-tree', path: '/srv/t', entries: { one: 'file', 'b/two': 'absent' } },
  { id: 'compose', kind: 'compose', project: 'shop', file: { path: '/root/shop/compose.yaml' } },
  { id: 'services', kind: 'compose', project: 'shop' },
  { id: 'answer', kind: 'answer', source: { from: 'file', path: '/etc/hostname' } },
  { id: 'worked', kind: 'answer', source: { from: 'expression', value: 'length(file("/etc/group"))' } },
  { id: 'kernel', kind: 'answer', source: { from: 'kernel', field: 'release' } },
  {
    id: 'nested',
    kind: 'any',
    checks: [
      { kind: 'not', check: { kind: 'file', path: '/srv/a' } },
      { kind: 'file', path: '/srv/b' },
      { kind: 'volume', name: 'v' },
    ],
  },
);

test('the paths each check looks at', () => {
  expect(Object.fromEntries(exercise.checks.map((check) => [check.id, filesReadBy(check)]))).toEqual({
    file: ['/srv/a'],
    tree: ['/srv/t', '/srv/t/b'],
    compose: ['/root/shop/compose.yaml'],
    services: [],
    answer: ['/etc/hostname'],
    worked: ['/etc/group'],
    kernel: [],
    nested: ['/srv/a', '/srv/b'],
  });
});

test.each([
  [['/srv/a'], ['file', 'nested']],
  [
    ['/srv/t/b', '/etc/hostname'],
    ['tree', 'answer'],
  ],
  [['/srv'], []],
])('a change of %j concerns %j', (paths, ids) => {
  expect(checksReading(exercise, paths)).toEqual(ids);
});
