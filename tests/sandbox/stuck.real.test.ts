/** A process that even SIGKILL does not end, since the kernel waits for a disk: its sandbox is parked, all others go on. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RunningSandboxServer } from '../running-sandbox-server.ts';
import { leftoversOf } from './leftovers.ts';

/** A file system of the test's own that takes no writes until it is thawed. */
class FrozenDisk implements Disposable {
  readonly #directory = mkdtempSync(join(tmpdir(), 'camp-frozen-'));
  readonly mountPoint = join(this.#directory, 'disk');
  #isFrozen = false;

  constructor() {
    const image = join(this.#directory, 'image');
    execFileSync('truncate', ['--size', '16M', image]);
    execFileSync('mkfs.ext4', ['-q', image]);
    mkdirSync(this.mountPoint);
    execFileSync('mount', ['-o', 'loop', image, this.mountPoint]);
    execFileSync('fsfreeze', ['--freeze', this.mountPoint]);
    this.#isFrozen = true;
  }

  thaw(): void {
    if (this.#isFrozen) execFileSync('fsfreeze', ['--unfreeze', this.mountPoint]);
    this.#isFrozen = false;
  }

  [Symbol.dispose](): void {
    this.thaw();
    execFileSync('umount', ['-l', this.mountPoint]);
    rmSync(this.#directory, { recursive: true, force: true });
  }
}

let server: RunningSandboxServer;
const writers: ChildProcess[] = [];
beforeAll(async () => {
  server = await RunningSandboxServer.start();
});
afterAll(() => server?.[Symbol.asyncDispose]());

/** As if a learner's process were writing there: in the cgroups and the pid namespace of the sandbox. */
async function writeFrom(id: string, file: string): Promise<void> {
  const init = readFileSync(join(server.runtimeDir, 'sb', id, 'init.pid'), 'utf8').trim();
  const joining = readFileSync(`/proc/${init}/cgroup`, 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split(':'))
    .map(([, controllers = '', path]) => {
      const name = controllers.replace('name=', '') || (controllers === '' ? 'unified' : '');
      return `for base in /sys/fs/cgroup/${name} /sys/fs/cgroup; do [ -e $base${path}/cgroup.procs ] && echo $$ >$base${path}/cgroup.procs && break; done`;
    });
  const script = `${joining.join('\n')}\nexec nsenter --target ${init} --pid -- dd if=/dev/zero of=${file} bs=4k count=1`;
  const writer = spawn('sh', ['-c', script], { stdio: 'ignore' });
  writers.push(writer);
  // `D`: not to be interrupted (proc_pid_status(5)).
  await expect
    .poll(() => execFileSync('ps', ['-eo', 'stat=,args='], { encoding: 'utf8' }).split('\n'))
    .toContainEqual(expect.stringMatching(new RegExp(`^D.*${file}`)));
}

test('destroyed while a process of it cannot die: gone for its learner, retried, told, and gone in the end', async () => {
  const before = leftoversOf(server);
  using frozen = new FrozenDisk();
  const [stuck, other] = [await server.sandbox(), await server.sandbox()];
  const { firstHostId } = JSON.parse(readFileSync(join(server.stateDir, stuck, 'sandbox.json'), 'utf8'));
  await writeFrom(stuck, join(frozen.mountPoint, 'file'));

  const destroying = server.client.destroy(stuck);
  expect((await server.run(other, 'docker run --rm busybox echo goes on')).output).toMatch(/^goes on$/m);
  await destroying;
  await expect(server.client.view(stuck)).rejects.toMatchObject({ code: 'SANDBOX_GONE' });
  expect(await server.client.health()).toMatchObject({ status: 'ok', unended: 1, running: 1 });

  // The next server knows of it too, and gives its ids to nobody.
  await server.kill();
  await server.launch();
  expect(await server.client.health()).toMatchObject({ unended: 1, running: 1 });
  const { id: next } = await server.client.create({});
  const given = JSON.parse(readFileSync(join(server.stateDir, next, 'sandbox.json'), 'utf8'));
  expect(given.firstHostId).not.toBe(firstHostId);

  frozen.thaw();
  await expect.poll(async () => (await server.client.health()).unended, { timeout: 60_000 }).toBe(0);
  for (const { id } of await server.client.list()) await server.client.destroy(id);
  await expect.poll(() => leftoversOf(server)).toEqual(before);
  await Promise.all(
    writers.map((writer) => (writer.exitCode ?? writer.signalCode) !== null || once(writer, 'exit')),
  );
});

test('found with a damaged state file while a process of it cannot die: its ids are given to nobody', async () => {
  const before = leftoversOf(server);
  using frozen = new FrozenDisk();
  const stuck = await server.sandbox();
  const file = join(server.stateDir, stuck, 'sandbox.json');
  const { firstHostId } = JSON.parse(readFileSync(file, 'utf8'));
  await writeFrom(stuck, join(frozen.mountPoint, 'file'));
  await server.kill();
  for (const name of [file, `${file}.copy`]) writeFileSync(name, '{"version":1,"id":"');
  await server.launch();
  expect(await server.client.health()).toMatchObject({ unended: 1, running: 0 });
  const { id: next } = await server.client.create({});
  const given = JSON.parse(readFileSync(join(server.stateDir, next, 'sandbox.json'), 'utf8'));
  expect(given.firstHostId).not.toBe(firstHostId);
  await server.client.destroy(next);

  const [aside = ''] = readdirSync(server.stateDir).filter((name) => name.startsWith(`${stuck}.unreadable-`));
  expect(existsSync(join(server.stateDir, aside, 'disk.img'))).toBe(true);
  frozen.thaw();
  await expect.poll(async () => (await server.client.health()).unended, { timeout: 60_000 }).toBe(0);
  rmSync(join(server.stateDir, aside), { recursive: true });
  await expect.poll(() => leftoversOf(server)).toEqual(before);
});

test('stopping one that cannot end says so, and works when it can', async () => {
  using frozen = new FrozenDisk();
  const id = await server.sandbox();
  await server.run(id, 'echo mine > /root/file');
  await writeFrom(id, join(frozen.mountPoint, 'file'));
  await expect(server.client.stop(id)).rejects.toMatchObject({ code: 'SANDBOX_STUCK' });
  expect(await server.client.view(id)).toMatchObject({ status: 'stopped' });
  await expect(server.client.start(id)).rejects.toMatchObject({ code: 'SANDBOX_STUCK' });
  frozen.thaw();
  await expect.poll(() => server.client.start(id).then(() => 'started'), { timeout: 30_000 }).toBe('started');
  expect((await server.run(id, 'cat /root/file')).output).toBe('mine\n');
  await server.client.destroy(id);
});

test('who ignores SIGTERM is ended all the same', async () => {
  const before = leftoversOf(server);
  const id = await server.sandbox();
  await server.run(
    id,
    `setsid sh -c 'trap "" TERM HUP INT QUIT; while :; do sleep 1; done' >/dev/null 2>&1 &`,
  );
  await server.client.stop(id);
  expect(await server.client.view(id)).toMatchObject({ status: 'stopped' });
  await server.client.destroy(id);
  await expect.poll(() => leftoversOf(server)).toEqual(before);
});
