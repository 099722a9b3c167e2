import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RunningSandboxServer } from '../running-sandbox-server.ts';
import { leftoversOf } from './leftovers.ts';

let server: RunningSandboxServer;
beforeAll(async () => {
  server = await RunningSandboxServer.start();
});
afterAll(() => server[Symbol.asyncDispose]());

test('docker run pulls through the registry and nothing of the sandbox is left afterwards', async () => {
  const before = leftoversOf(server);
  const id = await server.sandbox();
  expect(leftoversOf(server)).not.toEqual(before);
  const { output, exitCode } = await server.run(id, 'docker run --rm busybox echo hi; docker run -d nginx');
  expect(output).toContain('Unable to find image');
  expect(output).toMatch(/^hi$/m);
  expect(exitCode).toBe(0);
  // What starts containers does not spare memory as the daemons do: it would cost each a sixth more of the processor.
  const settings = 'tr "\\0" "\\n" </proc/$(pidof $NAME)/environ | grep -c ^GOGC=';
  expect((await server.run(id, `NAME=dockerd; ${settings}`)).output.trim()).toBe('1');
  expect((await server.run(id, `NAME=containerd-shim-runc-v2; ${settings}`)).output.trim()).toBe('0');
  await server.client.destroy(id);
  // The kernel takes network namespaces down in the background.
  await expect.poll(() => leftoversOf(server)).toEqual(before);
});

test('a stopped sandbox keeps files, images and stopped containers, and starts again', async () => {
  const id = await server.sandbox();
  await server.run(id, 'echo kept > /root/note; echo too > /etc/note; docker run --name once busybox true');
  const first = await server.client.view(id);
  const stopped = await server.client.stop(id);
  expect(stopped).toMatchObject({ status: 'stopped', docker: 'stopped' });
  const refused = server.client.openTerminal(id, { cols: 80, rows: 24 });
  await expect(refused).rejects.toMatchObject({ code: 'SANDBOX_NOT_RUNNING' });
  await server.client.start(id);
  const again = await server.client.view(id, { docker: 'wait' });
  expect(again).toMatchObject({ status: 'running', docker: 'ready' });
  expect(again.bootId).not.toBe(first.bootId);
  const { output } = await server.run(
    id,
    'cat /root/note /etc/note; docker ps -a --format "{{.Names}} {{.Image}}"',
  );
  expect(output.trim().split('\n')).toEqual(['kept', 'too', 'once busybox']);
  await server.client.destroy(id);
});

test('stopping asks first: a program may save its work, a database is shut down, restart policies bring back', async () => {
  const id = await server.sandbox();
  const saves = "trap 'echo saved > /root/saved; exit' TERM; while :; do sleep 0.1; done";
  await server.run(id, `setsid sh -c ${JSON.stringify(saves)} >/dev/null 2>&1 &`);
  const inside = "trap 'echo shut down > /data/end; exit 0' TERM; while :; do sleep 0.1; done";
  await server.run(
    id,
    `docker run -d --name db --restart unless-stopped -v data:/data busybox sh -c ${JSON.stringify(inside)}
     docker run -d --name stubborn busybox sleep 1000`,
  );
  await server.client.stop(id);
  await server.client.start(id);
  await server.client.view(id, { docker: 'wait' });
  const { output } = await server.run(
    id,
    `cat /root/saved; docker run --rm -v data:/data busybox cat /data/end
     docker ps --format '{{.Names}}'`,
  );
  expect(output).toBe('saved\nshut down\ndb\n');
  await server.client.destroy(id);
});

test('a killed sandbox-server finds its sandboxes again, with their containers still running', async () => {
  const id = await server.sandbox();
  await server.run(id, 'docker run -d --name web nginx');
  const { output: before } = await server.run(
    id,
    "docker inspect -f '{{.State.Pid}} {{.State.StartedAt}}' web",
  );
  const { bootId } = await server.client.view(id);
  const terminal = await server.client.openTerminal(id, { cols: 80, rows: 24 });
  await server.kill();
  await expect(server.client.list()).rejects.toMatchObject({ code: 'SANDBOX_SERVER_DOWN' });
  await server.launch();
  expect(await server.client.view(id, { docker: 'wait' })).toMatchObject({
    status: 'running',
    docker: 'ready',
    bootId,
  });
  const { output: after } = await server.run(
    id,
    "docker inspect -f '{{.State.Pid}} {{.State.StartedAt}}' web",
  );
  expect(after).toBe(before);
  // Its gateway works again too.
  expect((await server.run(id, 'docker run --rm busybox echo pulled')).output).toMatch(/^pulled$/m);
  expect(await server.client.listTerminals(id)).toEqual([]);
  const gone = server.client.closeTerminal(id, terminal.id);
  await expect(gone).rejects.toMatchObject({ code: 'TERMINAL_GONE' });
  await server.client.destroy(id);
});

test('a host that lost power: state says running, nothing runs; the disk comes back', async () => {
  const id = await server.sandbox();
  await server.run(id, 'echo precious > /root/work; sync');
  await server.kill();
  const initPid = Number(readFileSync(`${server.runtimeDir}/sb/${id}/init.pid`, 'utf8'));
  process.kill(initPid, 'SIGKILL');
  await server.launch();
  expect(await server.client.view(id)).toMatchObject({ status: 'stopped' });
  expect(leftoversOf(server).mounts).toEqual([]);
  await server.client.start(id);
  expect((await server.run(id, 'cat /root/work')).output).toBe('precious\n');
  await server.client.destroy(id);
});

test('dockerd killed by the learner is seen at once and can be started again', async () => {
  const id = await server.sandbox();
  await server.run(id, 'docker run --name kept busybox true; kill -9 $(pidof dockerd) $(pidof containerd)');
  expect(await server.client.view(id)).toMatchObject({ status: 'running', docker: 'stopped' });
  expect(await server.client.startDocker(id)).toMatchObject({ docker: 'ready' });
  expect((await server.run(id, 'docker ps -aq --filter name=kept | wc -l')).output).toBe('1\n');
  await server.client.destroy(id);
});

test('a sandbox whose PID 1 was killed is stopped, not gone', async () => {
  const id = await server.sandbox();
  await server.run(id, 'echo here > /root/file');
  process.kill(Number(readFileSync(`${server.runtimeDir}/sb/${id}/init.pid`, 'utf8')), 'SIGKILL');
  await expect.poll(async () => (await server.client.view(id)).status).toBe('stopped');
  await server.client.start(id);
  expect((await server.run(id, 'cat /root/file')).output).toBe('here\n');
  await server.client.destroy(id);
});

test('the pool keeps sandboxes warm and hands them out at once', async () => {
  await using pooled = await RunningSandboxServer.start({ warm: 1 });
  await expect.poll(async () => (await pooled.client.health()).warm, { timeout: 20_000 }).toBe(1);
  const sandbox = await pooled.client.create({});
  // Docker was up before it was asked for: no waiting.
  expect(sandbox).toMatchObject({ status: 'running', docker: 'ready' });
  await expect.poll(async () => (await pooled.client.health()).warm, { timeout: 20_000 }).toBe(1);
});
