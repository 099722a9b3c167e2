/** What a fault of the power or of the disk leaves: a learner's work is found again, and one fault costs no other. */
import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { RunningSandboxServer } from '../running-sandbox-server.ts';
import { leftoversOf } from './leftovers.ts';
import { cutPower } from './power-cut.ts';

let server: RunningSandboxServer;
beforeAll(async () => {
  server = await RunningSandboxServer.start({ config: { idRanges: 4 } });
});
afterAll(() => server?.[Symbol.asyncDispose]());
afterEach(async () => {
  for (const { id } of await server.client.list()) await server.client.destroy(id);
});

const stateFile = (id: string) => join(server.stateDir, id, 'sandbox.json');

test('power lost while files and images are written: machines are stopped ones, whole and with what was flushed', async () => {
  const before = leftoversOf(server);
  const id = await server.sandbox();
  await server.run(id, 'echo flushed > /root/file; docker pull -q busybox; sync');
  await server.run(
    id,
    'for i in $(seq 200); do dd if=/dev/urandom of=/root/new-$i bs=8k count=4; done 2>/dev/null',
  );
  const disk = join(server.stateDir, id, 'disk.img');
  const platters = `${disk}.platters`;
  await cutPower(server, () => execFileSync('cp', ['--sparse=always', disk, platters]));
  execFileSync('mv', [platters, disk]);
  await server.launch();

  expect(await server.client.view(id)).toMatchObject({ status: 'stopped' });
  await server.client.start(id);
  await server.client.view(id, { docker: 'wait' });
  const { output } = await server.run(id, 'cat /root/file; docker run --rm busybox echo whole');
  expect(output).toBe('flushed\nwhole\n');
  await server.client.destroy(id);
  await expect.poll(() => leftoversOf(server)).toEqual(before);
});

const faults: [string, (file: string) => void][] = [
  ['cut off in the middle', (file) => truncateSync(file, 40)],
  ['empty', (file) => truncateSync(file, 0)],
  ['zeroed', (file) => writeFileSync(file, Buffer.alloc(400))],
  [
    'garbage',
    (file) => writeFileSync(file, Buffer.from(Array.from({ length: 400 }, (_, n) => (n * 37) % 256))),
  ],
  ['of a version to come', (file) => writeFileSync(file, '{"version":9}')],
  ['absent', (file) => rmSync(file)],
];

test.each(faults)(
  'a state file that is %s: its copy serves, and the machine never notices',
  async (_, damage) => {
    const id = await server.sandbox();
    await server.run(id, 'echo mine > /root/file; setsid sleep 1000 >/dev/null 2>&1 </dev/null &');
    await server.kill();
    damage(stateFile(id));
    await server.launch();
    expect(await server.client.view(id)).toMatchObject({ status: 'running' });
    expect((await server.run(id, 'cat /root/file; pidof sleep >/dev/null && echo runs')).output).toBe(
      'mine\nruns\n',
    );
  },
);

test.each(faults)(
  '%s together with its copy: set aside with its disk, and no other is touched',
  async (_, damage) => {
    const [broken, other] = [await server.sandbox(), await server.sandbox()];
    await server.run(other, 'echo mine > /root/file');
    await server.kill();
    for (const file of [stateFile(broken), `${stateFile(broken)}.copy`]) damage(file);
    await server.launch();

    expect((await server.client.list()).map(({ id }) => id)).toEqual([other]);
    expect((await server.run(other, 'cat /root/file')).output).toBe('mine\n');
    const aside = readdirSync(server.stateDir).filter((name) => name.startsWith(`${broken}.unreadable-`));
    expect(aside).toHaveLength(1);
    expect(existsSync(join(server.stateDir, aside[0] as string, 'disk.img'))).toBe(true);
    expect(leftoversOf(server).mounts.filter((line) => line.includes(broken))).toEqual([]);
    rmSync(join(server.stateDir, aside[0] as string), { recursive: true });
  },
);

test('a half-written new state file is no matter', async () => {
  const id = await server.sandbox();
  await server.kill();
  writeFileSync(`${stateFile(id)}.new`, '{"version":1,"id":"');
  await server.launch();
  await server.client.stop(id);
  expect(await server.client.view(id)).toMatchObject({ status: 'stopped' });
});

test('what else lies in the state directory is left alone', async () => {
  await server.kill();
  const file = join(server.stateDir, 'notes.txt');
  copyFileSync('/etc/hostname', file);
  mkdirSync(join(server.stateDir, 'lost+found'));
  await server.launch();
  expect((await server.client.health()).status).toBe('ok');
  expect(readdirSync(server.stateDir)).toContain('notes.txt');
  rmSync(file);
  for (const name of readdirSync(server.stateDir)) rmSync(join(server.stateDir, name), { recursive: true });
});

test('all id ranges leased: a coded error, nothing left, and room again when one ends', async () => {
  const ids = [];
  for (let count = 0; count < 4; count += 1) ids.push((await server.client.create({})).id);
  const before = leftoversOf(server);
  await expect(server.client.create({})).rejects.toMatchObject({ code: 'ID_RANGES_TAKEN' });
  await expect.poll(() => leftoversOf(server)).toEqual(before);
  await server.client.destroy(ids[0] as string);
  const { id } = await server.client.create({});
  expect((await server.run(id, 'echo room')).output).toBe('room\n');
});

const diskFaults: [string, (image: string) => void][] = [
  ['cut off in the middle', (image) => truncateSync(image, Math.floor(statSync(image).size / 2))],
  ['empty', (image) => truncateSync(image, 0)],
  ['garbage', (image) => writeFileSync(image, Buffer.alloc(1024 ** 2, 0xa5))],
];

test.each(diskFaults)(
  'a disk that is %s: told by its code and left as it is; a kept start brings the machine back',
  async (_, damage) => {
    const [id, other] = [await server.sandbox(), await server.sandbox()];
    await server.run(id, 'echo mine > /root/file; sync');
    const { id: checkpointId } = await server.client.checkpoint(id);
    await server.client.stop(id);
    const image = join(server.stateDir, id, 'disk.img');
    damage(image);
    const { size, ino } = statSync(image);
    await expect(server.client.start(id)).rejects.toMatchObject({ code: 'SANDBOX_DISK_DAMAGED' });
    expect(statSync(image)).toMatchObject({ size, ino });
    expect(await server.client.view(id)).toMatchObject({ status: 'stopped' });
    expect((await server.run(other, 'echo goes on')).output).toBe('goes on\n');
    await server.client.restore(id, checkpointId);
    expect((await server.run(id, 'cat /root/file')).output).toBe('mine\n');
  },
);

test.each(diskFaults)(
  'a kept start that is %s: refused, kept aside, and the machine runs on',
  async (_, damage) => {
    const id = await server.sandbox();
    await server.run(id, 'sync');
    const { id: checkpointId } = await server.client.checkpoint(id);
    await server.run(id, 'echo mine > /root/file; setsid sleep 1000 >/dev/null 2>&1 </dev/null &');
    const folder = join(server.stateDir, id, 'checkpoints');
    damage(join(folder, `${checkpointId}.img`));
    await expect(server.client.restore(id, checkpointId)).rejects.toMatchObject({ code: 'CHECKPOINT_GONE' });
    expect(await server.client.view(id)).toMatchObject({ status: 'running' });
    expect((await server.run(id, 'cat /root/file; pidof sleep >/dev/null && echo runs')).output).toBe(
      'mine\nruns\n',
    );
    expect(await server.client.checkpoints(id)).toEqual([]);
    expect(readdirSync(folder)).toEqual([`${checkpointId}.img.damaged`]);
  },
);
