import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeRecord } from './build-record.ts';
import { listMachines } from './list.ts';
import { removePartialBuilds } from './partial-builds.ts';
import { machinePaths } from './machine-paths.ts';
import { pruneMachines } from './prune.ts';

let machineDir: string;
beforeEach(async () => {
  machineDir = await mkdtemp(join(tmpdir(), 'machine-'));
  const built = [
    'trees/current',
    'trees/used',
    'trees/unused',
    'trees/begun.partial',
    'trees/used.replaced-1',
  ];
  const images = ['images/debian/current', 'images/debian/older', 'images/debian/begun.partial'];
  for (const path of [...built, ...images])
    await mkdir(join(machineDir, path, 'rootfs'), { recursive: true });
  const recipes = { hash: 'current', images: [{ name: 'debian', hash: 'current', references: [] }] };
  await writeRecord(machineDir, { recipes, images: [] });
});
afterEach(() => rm(machineDir, { recursive: true }));

test('lists what is there, and which of it is current', async () => {
  const entries = await listMachines({ machineDir });
  const shown = entries.map(({ kind, name, hash, state, current }) =>
    [kind, name, hash, state, current].join(' '),
  );
  expect(shown.sort()).toEqual([
    'image debian begun interrupted false',
    'image debian current finished true',
    'image debian older finished false',
    'tree  begun interrupted false',
    'tree  current finished true',
    'tree  unused finished false',
    'tree  used finished false',
    'tree  used replaced false',
  ]);
});

test('removes what nothing uses', async () => {
  const removed = await pruneMachines({ machineDir, keepHash: 'current', inUse: ['used'] });
  expect(removed).toHaveLength(4);
  expect((await readdir(join(machineDir, 'trees'))).sort()).toEqual(['current', 'used', 'used.replaced-1']);
  expect(await readdir(join(machineDir, 'images/debian'))).toEqual(['current']);
});

test('of downloaded packages the newest version stays', async () => {
  const debs = machinePaths(machineDir).packages.archives;
  await mkdir(debs);
  const versions = {
    'curl_1_amd64.deb': 1,
    'curl_3_amd64.deb': 3,
    'curl_2_amd64.deb': 2,
    'curl_1_arm64.deb': 1,
  };
  for (const [name, seconds] of Object.entries(versions)) {
    await writeFile(join(debs, name), '');
    await utimes(join(debs, name), seconds, seconds);
  }
  await pruneMachines({ machineDir, keepHash: 'current', inUse: [] });
  expect((await readdir(debs)).sort()).toEqual(['curl_1_arm64.deb', 'curl_3_amd64.deb']);
});

test('an interrupted build is removed, the packages it had downloaded are not', async () => {
  const archives = join(machineDir, 'trees/begun.partial/rootfs/var/cache/apt/archives');
  await mkdir(join(archives, 'partial'), { recursive: true });
  await writeFile(join(archives, 'curl_1_amd64.deb'), '');
  await writeFile(join(archives, 'partial/jq_1_amd64.deb'), '');
  await removePartialBuilds(machinePaths(machineDir));
  expect(await readdir(machinePaths(machineDir).packages.archives)).toEqual(['curl_1_amd64.deb']);
  expect((await listMachines({ machineDir })).filter((entry) => entry.state === 'interrupted')).toEqual([]);
});
