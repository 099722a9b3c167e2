import { expect, test } from 'vitest';
import { said } from '../check.fixture.ts';
import { containerOf, idOf, init, processOf } from '../observer.fixture.ts';
import { programOf } from './process-program.ts';

test.for<[string[], string]>([
  [['/bin/sleep', '100'], 'sleep'],
  [['busybox', 'sleep', '100'], 'sleep'],
  [['/bin/busybox', '/bin/sleep', '100'], 'sleep'],
  [['busybox'], 'busybox'],
  [['busybox', '--list'], 'busybox'],
  [['-sh'], 'sh'],
  [['sh', '-c', 'sleep 100; true'], 'sh'],
  [['tail', '-f', '/bin/sh', 'sleep'], 'tail'],
  [['nginx: master process nginx -g daemon off;'], 'nginx'],
  [['sshd: root@pts/0'], 'sshd'],
  [[''], ''],
  [[], 'kworker/0:1'],
])('%j is %s', ([argv, program]) => {
  expect(programOf(processOf({ name: 'kworker/0:1', argv }) as Parameters<typeof programOf>[0])).toBe(
    program,
  );
});

const jailed = { kind: 'process', find: { program: 'sleep' }, expect: { root: '/srv/jail' } };

test('a word among its arguments is not its program', async () => {
  const processes = [
    init,
    processOf({ name: 'tail', argv: ['tail', '-f', '/bin/sh', 'sleep'], root: '/srv/jail' }),
  ];
  expect(await said(jailed, { processes })).toBe(
    'fail: The process `tail -f /bin/sh sleep` is running with `/srv/jail` as its root directory, but the task asks for one of the program `sleep`.',
  );
});

test('the program goes by that name, whatever its file is called', async () => {
  const processes = [
    init,
    processOf({ name: 'busybox', argv: ['busybox', 'sleep', '9'], root: '/srv/jail' }),
  ];
  expect(await said(jailed, { processes })).toMatch(/^pass/);
});

test('the right program in no container', async () => {
  const check = { kind: 'process', find: { program: 'sleep', container: 'web' } };
  const machine = {
    containers: [containerOf('a')],
    processes: [init, processOf({ name: 'sleep', argv: ['sleep', '9'] })],
  };
  expect(await said(check, machine)).toBe(
    'fail: A process called `sleep` is running, but in no container; the task asks for container `web`.',
  );
  const inside = processOf({
    name: 'tail',
    argv: ['tail', '-f', '/bin/sh', 'sleep'],
    containerId: idOf('a'),
  });
  expect(await said(check, { ...machine, processes: [init, inside] })).toBe(
    'fail: No process of the program `sleep` in container `web` is running.',
  );
});
