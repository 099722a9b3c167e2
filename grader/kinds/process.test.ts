import { expect, test } from 'vitest';
import { said } from '../check.fixture.ts';
import { init, processOf } from '../observer.fixture.ts';

const jailed = { kind: 'process', find: { name: { equals: 'sh' } }, expect: { root: '/srv/jail' } };

test('a process as asked passes', async () => {
  const processes = [init, processOf({ pid: 7 }), processOf({ pid: 8, root: '/srv/jail/' })];
  expect(await said(jailed, { processes })).toBe(
    'pass: A process called `sh` is running, with the root directory `/srv/jail`.',
  );
});

test.each([
  [[], 'No process called `sh` is running.'],
  [[processOf({})], 'A process called `sh` is running, but its root directory is `/`, not `/srv/jail`.'],
  [
    [processOf({ root: null })],
    'A process called `sh` is running, but its root directory could not be read.',
  ],
  [
    [processOf({ name: 'ls', root: '/srv/jail' })],
    'The process `ls` is running with `/srv/jail` as its root directory, but the task asks for one called `sh`.',
  ],
])('near miss %#', async (processes, sentence) => {
  expect(await said(jailed, { processes: [init, ...processes] })).toBe(`fail: ${sentence}`);
});

test('of several, the one that meets most is explained', async () => {
  const check = { ...jailed, expect: { root: '/srv/jail', uid: 1000 } };
  const processes = [init, processOf({ pid: 9 }), processOf({ pid: 8, root: '/srv/jail' })];
  expect(await said(check, { processes })).toBe(
    'fail: A process called `sh` is running, but as user id 0; the task asks for 1000.',
  );
});

test('a command line that is not as asked', async () => {
  const check = { kind: 'process', find: { name: { equals: 'sh' }, command: { contains: 'sleep' } } };
  expect(await said(check, { processes: [init, processOf({ argv: ['sh', '-c', 'true'] })] })).toBe(
    'fail: A process called `sh` is running, but its command line is `sh -c true`; the task asks for something with `sleep` in it.',
  );
});

test('namespaces are compared with those of PID 1', async () => {
  const own = {
    kind: 'process',
    find: { name: { equals: 'sh' } },
    expect: { namespaces: { pid: 'own', uts: 'shared' } },
  };
  const apart = processOf({ ns: { ...init.ns, pid: 'pid:[2]' } });
  expect(await said(own, { processes: [init, apart] })).toMatch(
    /^pass: .* with its own process ids \(PID namespace\)/,
  );
  expect(await said(own, { processes: [init, processOf({})] })).toBe(
    "fail: A process called `sh` is running, but it shares the machine's process ids (PID namespace); the task asks for its own.",
  );
  const further = processOf({ ns: { ...init.ns, pid: 'pid:[2]', uts: 'uts:[2]' } });
  expect(await said(own, { processes: [init, further] })).toBe(
    "fail: A process called `sh` is running, but it has its own host name (UTS namespace); the task asks that it share the machine's.",
  );
  expect(await said(own, { processes: [init, processOf({ ns: {} })] })).toMatch(/could not be read/);
});

test('PID 1 is never the process that is asked for', async () => {
  const check = { kind: 'process', find: { command: { contains: 'sleep' } } };
  expect(await said(check, { processes: [init] })).toBe(
    'fail: No process whose command line has `sleep` in it is running.',
  );
});

test('without PID 1 there is nothing to compare with', async () => {
  expect(await said(jailed, { processes: [processOf({})] })).toMatch(/^could-not-look: .*first process/);
});

test('names that a learner chose cannot break out of the sentence', async () => {
  const processes = [init, processOf({ name: 'x`\n**y**', root: '/srv/jail' })];
  expect(await said(jailed, { processes })).toContain("`x'\\n**y**`");
});
