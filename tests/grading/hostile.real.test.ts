/** A learner who would rather fool or harm the grader than do the exercise. Each look ends, says why, and can be made again. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RunningSandboxServer } from '../running-sandbox-server.ts';
import { saidOf } from './said.ts';

let server: RunningSandboxServer;
let sandboxId: string;
let hostDirectory: string;
beforeAll(async () => {
  hostDirectory = mkdtempSync(join(tmpdir(), 'camp-grader-'));
  writeFileSync(join(hostDirectory, 'secret'), 'of the host');
  server = await RunningSandboxServer.start();
  sandboxId = await server.sandbox();
});
afterAll(async () => {
  rmSync(hostDirectory, { recursive: true, force: true });
  await server?.[Symbol.asyncDispose]();
});

const said = (check: Record<string, unknown>) => saidOf(check, { client: server.client, sandboxId });
const run = (script: string) => server.run(sandboxId, script);
const file = (path: string, more: Record<string, unknown> = {}) => ({ kind: 'file', path, ...more });
const holding = { content: { equals: 'of the host' } };
const busybox = { kind: 'container', find: { image: 'busybox' } };

describe('files', () => {
  test('G1: a link to a path of the host leads to that path of the machine', async () => {
    await run(`ln -sfn ${hostDirectory}/secret /root/answer; ln -sfn /etc/shadow /root/shadow`);
    expect(await said(file('/root/answer', holding))).toMatch(
      /^fail: `\/root\/answer` is a link to .*nothing is there/,
    );
    expect(await said(file('/root/shadow', { content: { contains: 'root:' } }))).toMatch(/^pass: /);
  });

  test('G2: a magic link is not followed', async () => {
    await run(
      `ln -sfn /proc/1/root${hostDirectory}/secret /root/one; ln -sfn /proc/self/root${hostDirectory}/secret /root/self; ln -sfn /proc/self/fd/0 /root/fd`,
    );
    for (const path of ['/root/one', '/root/self', '/root/fd']) {
      expect(await said(file(path, holding))).not.toMatch(/of the host|^pass/);
    }
  });

  test('G3: a path that is swapped all the time never leads outside', async () => {
    await run(
      `mkdir -p /root/race; ln -sfn ${hostDirectory} /root/race/out; mkdir -p /root/race/in; echo inside > /root/race/in/secret
       setsid sh -c 'while :; do ln -sfn out /root/race/now; ln -sfn in /root/race/now; done' >/dev/null 2>&1 </dev/null & echo $! > /root/race/pid`,
    );
    for (let turn = 0; turn < 400; turn += 1) {
      expect(await said(file('/root/race/now/secret', holding))).toMatch(
        /^(fail|could-not-look): (?!.*of the host` ?$)/,
      );
    }
    await run('kill -9 -- -$(cat /root/race/pid) || kill -9 $(cat /root/race/pid)');
    expect(await said(file('/root/race/in/secret', { content: { equals: 'inside' } }))).toMatch(/^pass: /);
  });

  test('G4: a FIFO holds nobody up', async () => {
    await run('mkfifo /root/fifo');
    expect(await said(file('/root/fifo', holding))).toBe(
      'fail: `/root/fifo` is neither a file nor a directory; the task asks for a file.',
    );
  });

  test('G5: of an endless file only the beginning is read', async () => {
    await run(
      'truncate -s 100G /root/huge 2>/dev/null || truncate -s 800M /root/huge; ln -sfn /dev/zero /root/zero',
    );
    expect(await said(file('/root/huge', holding))).toMatch(/^fail: `\/root\/huge` holds `/);
    expect(await said(file('/root/zero', holding))).toMatch(/neither a file nor a directory/);
  });

  test('G6: there is no file system of a program’s own that could hang a look', async () => {
    const { output } = await run(
      'mknod /root/fuse c 10 229 2>&1; ls /dev/fuse 2>&1; mount -t fuse none /mnt -o fd=0,rootmode=40000,user_id=0,group_id=0 2>&1; echo done',
    );
    expect(output).toMatch(/not permitted/);
    expect(output).toMatch(/No such file/);
    expect(await said(file('/mnt', { type: 'directory' }))).toMatch(/^pass: /);
  });
});

test('G8: no program of the machine is run for a look', async () => {
  await run(
    `for name in ls cat tar xz id stat readlink ps mount ip curl getent docker; do
       path=$(command -v $name) && mv $path $path.true && printf '#!/bin/sh\\necho $0 >> /root/trapped\\nexec %s.true "$@"\\n' $path > $path && chmod +x $path
     done; rm -f /root/trapped`,
  );
  for (const check of [
    file('/etc/hostname'),
    { kind: 'process', find: { name: { contains: 'dockerd' } } },
    { ...busybox },
    { kind: 'mount', target: '/proc', expect: { type: 'proc' } },
    { kind: 'cgroup', path: '/' },
    { kind: 'http', url: 'http://localhost:1/' },
    { kind: 'namespace', of: { process: { name: { contains: 'dockerd' } } }, same: ['net'] },
  ]) {
    expect(await said(check)).toMatch(/^(pass|fail): /);
  }
  expect(await said(file('/root/trapped', { type: 'absent' }))).toMatch(/^pass: /);
});

test('G10: processes that come and go by the thousand make no look fail', async () => {
  await run(
    `setsid sh -c 'while :; do /bin/true & /bin/true & /bin/true; done' >/dev/null 2>&1 </dev/null & echo $! > /root/churn; (exec -a steady sleep 1000 >/dev/null 2>&1 </dev/null &)`,
  );
  for (let turn = 0; turn < 20; turn += 1) {
    expect(await said({ kind: 'process', find: { command: { equals: 'steady 1000' } } })).toMatch(/^pass: /);
    expect(await said({ kind: 'mount', target: '/proc', expect: { type: 'proc' } })).toMatch(/^pass: /);
  }
  await run('kill -9 -- -$(cat /root/churn) || kill -9 $(cat /root/churn)');
});

describe('whoever answers in the place of Docker', () => {
  const socket = '/run/docker.sock';
  const serve = (program: string) =>
    run(
      `rm -f ${socket}; echo ${Buffer.from(program).toString('base64')} | base64 -d > /root/liar.sh
       setsid socat UNIX-LISTEN:${socket},fork,mode=666 EXEC:'bash /root/liar.sh' >/dev/null 2>&1 </dev/null & echo $! > /root/liar; until socat -u OPEN:/dev/null UNIX-CONNECT:${socket} 2>/dev/null; do sleep 0.05; done`,
    );
  const head = 'printf "HTTP/1.1 200 OK\\r\\n\\r\\n"';

  beforeAll(async () => {
    await run('kill $(cat /run/docker.pid); while [ -e /run/docker.pid ]; do sleep 0.05; done');
  });
  afterAll(async () => {
    await run(`kill -9 $(cat /root/liar); rm -f ${socket}`);
  });

  test('G7: a socket that is a link to one of the host is no Docker', async () => {
    const path = join(hostDirectory, 'host.sock');
    let asked = false;
    const listener = createServer((connection) => {
      asked = true;
      connection.destroy();
    });
    await new Promise<void>((resolve) => listener.listen(path, resolve));
    await run(`rm -f ${socket}; ln -s ${path} ${socket}`);
    expect(await said(busybox)).toMatch(/^could-not-look: Docker is not running in your machine/);
    await run(`rm -f ${socket}; ln -s /proc/1/root${path} ${socket}`);
    expect(await said(busybox)).toMatch(/^could-not-look: /);
    expect(asked).toBe(false);
    await new Promise((resolve) => listener.close(resolve));
  });

  test.each([
    ['JSON without end', `${head}; yes "[1,"`, 'more than can be read'],
    [
      'headers of a megabyte',
      'printf "HTTP/1.1 200 OK\\r\\nX: "; head -c 1000000 /dev/zero | tr "\\0" x; sleep 30',
      '',
    ],
    ['one byte a second', `${head}; while :; do printf "["; sleep 1; done`, 'did not answer in time'],
    ['no answer at all', 'sleep 60', 'did not answer in time'],
    ['deep nesting', `${head}; head -c 3000000 /dev/zero | tr "\\0" "["`, 'not JSON'],
    // These stay: whoever hangs up at once may be seen as a connection cut instead.
    ['another protocol', 'printf "220 mail ready\\r\\n"; sleep 5', 'not HTTP'],
    [
      'nonsense of the right form',
      `${head}; echo "{\\"__proto__\\": {\\"Id\\": 1}, \\"constructor\\": 5}"; sleep 5`,
      '',
    ],
  ])(
    'G9: %s',
    async (_name, program, because) => {
      await run('kill -9 $(cat /root/liar) 2>/dev/null');
      await serve(program);
      const verdict = await said(busybox);
      expect(verdict).toMatch(
        /^could-not-look: We could not look at the containers of your Docker: .*Try again in a moment\.$/,
      );
      expect(verdict).toContain(because);
      expect(({} as Record<string, unknown>)['Id']).toBeUndefined();
    },
    30_000,
  );

  test('and when the true one is back, the same look succeeds', async () => {
    await run(`kill -9 $(cat /root/liar); rm -f ${socket}`);
    await server.client.startDocker(sandboxId);
    await server.client.view(sandboxId, { docker: 'wait' });
    expect(await said(busybox)).toBe('fail: There is no container from `busybox` yet.');
    expect((await server.client.health()).status).toBe('ok');
  });
});
