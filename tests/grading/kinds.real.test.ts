/** Every kind of check against states that real commands made: one that passes, one that nearly does. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { span } from '../../grader/span.ts';
import { RunningSandboxServer } from '../running-sandbox-server.ts';
import { asAsked, container, image, sleep } from './as-asked.ts';
import { saidOf } from './said.ts';
import { state } from './state.ts';

let server: RunningSandboxServer;
let sandboxId: string;
beforeAll(async () => {
  server = await RunningSandboxServer.start();
  sandboxId = await server.sandbox();
  const { exitCode, output } = await server.run(sandboxId, state, 200_000);
  expect(output, output).not.toContain('rror response');
  expect(exitCode, output).toBe(0);
});
afterAll(() => server[Symbol.asyncDispose]());

const said = (check: Record<string, unknown>) => saidOf(check, { client: server.client, sandboxId });
describe('as asked', () => {
  test.each<Record<string, unknown>>(asAsked)('%j', async (check) => {
    expect(await said(check)).toMatch(/^pass: /);
  });
});

describe('near misses', () => {
  test.each<[Record<string, unknown>, string]>([
    [
      container('wrong-way', { ports: [{ containerPort: 80, hostPort: 8080 }] }),
      "Container `wrong-way` has its ports the wrong way round: port 80 of your machine leads to port 8080 in the container. Your machine's port comes first, as in `8080:80`.",
    ],
    [
      container('web', { env: { COLOR: { equals: 'blue' } } }),
      'Container `web` has `red` in the environment variable `COLOR`; the task asks for `blue`.',
    ],
    [
      container('web', { mounts: [{ type: 'volume', source: 'data', target: '/data', readOnly: false }] }),
      'Container `web` has volume `data` at `/data`, but it is read-only; the task asks that it be writable.',
    ],
    [
      container('web', { networks: ['bridge'] }),
      'Container `web` is on the network `lab`; the task asks for `bridge`.',
    ],
    [
      container('web', { limits: { memoryBytes: 33_554_432 } }),
      'Container `web` has a memory limit of 64 MiB; the task asks for 32 MiB.',
    ],
    [
      container('web', { capabilities: { added: [] } }),
      'Container `web` was given the capability `CHOWN`, which the task does not ask for.',
    ],
    [
      container('wrong-way', { user: '1000' }),
      'Container `wrong-way` has no user set, so it runs as root; the task asks for `1000`.',
    ],
    [
      container('wrong-way', { pidMode: { container: 'web' } }),
      'Container `wrong-way` has process ids of its own; the task asks for the process ids of container `web`.',
    ],
    [
      container('wrong-way', { health: 'healthy' }),
      'Container `wrong-way` has no health check; the task asks for one that is healthy by its health check.',
    ],
    [
      image({ base: 'busybox' }),
      'Image `mine` does not begin with the layers of `busybox`; the task asks for one built on `busybox`.',
    ],
    [image({ layers: { atMost: 1 } }), 'Image `mine` has 4 layers; the task asks for at most 1.'],
    [
      image({ history: { contains: 'echo ho' } }),
      'The history of image `mine` has no step that is something with `echo ho` in it. The last of its 13 steps is `CMD ["sh"]`.',
    ],
    [
      { kind: 'image', reference: 'nginx', expect: { base: 'nginx' } },
      'Image `nginx` is that very image, with nothing added; the task asks for one built on `nginx`.',
    ],
    [
      { kind: 'volume', name: 'data', expect: { usedBy: 'sidecar' } },
      'Volume `data` is mounted in `web`; the task asks for container `sidecar`.',
    ],
    [{ kind: 'volume', name: 'store' }, 'There is no volume `store` yet; there is `shop_store`.'],
    [
      { kind: 'network', name: 'lab', expect: { attached: ['web', 'over'] } },
      'Network `lab` has `web` attached, but not `over`.',
    ],
    [
      { kind: 'network', name: 'lab', expect: { internal: false } },
      'Network `lab` is internal (nothing outside can be reached from it); the task asks for one that leads outside (it is not internal).',
    ],
    [
      { kind: 'compose', project: 'shop', services: { db: { replicas: 3 } } },
      'Service `db` is running in 2 containers; the task asks for 3.',
    ],
    [
      { kind: 'compose', project: 'shop', services: { db: { state: 'healthy' } } },
      'The container of service `db` is running, but it has no health check; the task asks that it be healthy.',
    ],
    [
      { kind: 'compose', project: 'shop', services: { brief: {} } },
      'The container of service `brief` has ended (exit code 0); the task asks that it be running.',
    ],
    [
      { kind: 'directory-tree', path: '/root/box', entries: { bin: 'directory', lib: 'directory' } },
      'There is no `/root/box/lib` yet. As asked so far: 1 of 2.',
    ],
    [
      { kind: 'process', find: sleep('web'), expect: { capabilities: { has: ['CHOWN'] } } },
      'A process called `sleep` is running, but without the capability `CHOWN`, which the task asks for.',
    ],
    [
      { kind: 'process', find: sleep('wrong-way'), expect: { capabilities: { lacks: ['CHOWN'] } } },
      'A process called `sleep` is running, but with the capability `CHOWN`; the task asks for one without that.',
    ],
    [
      { kind: 'process', find: sleep('unconfined'), expect: { seccomp: 'filtered' } },
      'A process called `sleep` is running, but no seccomp filter holds for its system calls; the task asks that one does.',
    ],
    [
      { kind: 'process', find: sleep('wrong-way'), expect: { noNewPrivs: true } },
      'A process called `sleep` is running, but it can gain new rights (no_new_privs is not set); the task asks that it cannot.',
    ],
    [
      {
        kind: 'process',
        find: sleep('wrong-way'),
        expect: { sameNamespacesAs: { process: sleep('web'), namespaces: ['pid', 'user'] } },
      },
      'A process called `sleep` is running, but it does not share the process ids (PID namespace) of the process called `sleep` in container `web`; the task asks that it do.',
    ],
    [
      { kind: 'process', find: { command: { equals: 'sleep 1002' }, container: 'nowhere' } },
      'A process called `sleep` is running, but in container `unconfined`; the task asks for container `nowhere`.',
    ],
    [
      {
        kind: 'before',
        events: [
          { type: 'container', action: 'start', name: 'web' },
          { type: 'volume', action: 'create', name: 'data' },
        ],
      },
      'Container `web` from `busybox` was started, but volume `data` was created before that, not after it.',
    ],
    [
      {
        kind: 'any',
        checks: [{ kind: 'volume', name: 'gone' }, container('web', { restartPolicy: 'always' })],
      },
      'There are several ways to do this, and none is there yet. The nearest: Container `web` has the restart policy `on-failure`; the task asks for `always`.',
    ],
    [
      { kind: 'not', check: { kind: 'volume', name: 'data' } },
      'Volume `data` is there; the task asks that this not be so.',
    ],
  ])('%j', async (check, sentence) => {
    expect((await said(check)).split(' | ')[0]).toBe(`fail: ${sentence}`);
  });
});

describe('an expression comes to what the machine’s own commands say', () => {
  test.each([
    ['count(containers, it.State == "running")', 'docker ps -q | wc -l'],
    ['first(containers, contains(it.Names, "/web")).Id', 'docker inspect -f "{{.Id}}" web'],
    ['container("web").HostConfig.Memory / 1048576', 'echo 64'],
    ['length(container("web").Mounts)', 'docker inspect -f "{{len .Mounts}}" web'],
    ['count(different(containers, it.Image))', 'docker ps -a --format "{{.Image}}" | sort -u | wc -l'],
    [
      'count(volumes) + count(networks)',
      'expr $(docker volume ls -q | wc -l) + $(docker network ls -q | wc -l)',
    ],
    ['max(images, it.Size)', 'docker inspect -f "{{.Size}}" $(docker images -q) | sort -n | tail -1'],
    ['length(lines(file("/etc/passwd")))', 'wc -l < /etc/passwd'],
    ['split(first(lines(file("/etc/passwd")), startsWith(it, "mail:")), ":")[2]', 'id -u mail'],
    ['count(processes, it.name == "dockerd")', 'pgrep -xc dockerd'],
    ['info.Driver + " " + kernel.release', 'echo $(docker info -f "{{.Driver}}") $(uname -r)'],
  ])('%s', async (value, command) => {
    const { output } = await server.run(sandboxId, command);
    const check = { kind: 'answer', source: { from: 'expression', value } };
    expect(await saidOf(check, { client: server.client, sandboxId, answer: output })).toBe(
      `pass: ${span(output.trim())} is what your machine says.`,
    );
  });
});
