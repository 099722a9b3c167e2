import { execFile } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findChanges } from './changes.ts';
import { type Layer, packLayer } from './layer.ts';

const newestSeconds = 1_700_000_000;
let directory: string;
let base: string;
let rootfs: string;
let packed = 0;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'layer-'));
  base = join(directory, 'base');
  rootfs = join(directory, 'rootfs');
  await mkdir(join(base, 'etc/app'), { recursive: true });
  await mkdir(join(base, 'usr'));
  await writeFile(join(base, 'etc/app/settings'), 'one');
  await writeFile(join(base, 'etc/gone'), '');
  await symlink('usr/bin', join(base, 'bin'));
  await cp(base, rootfs, { recursive: true, preserveTimestamps: true, verbatimSymlinks: true });
});
afterEach(() => rm(directory, { recursive: true }));

async function pack(baseRootfs: string | null): Promise<{ layer: Layer; listing: string[] }> {
  const workDir = join(directory, `work-${packed++}`);
  await mkdir(workDir);
  const layer = await packLayer({ rootfs, baseRootfs, blobDir: directory, workDir, newestSeconds });
  const blob = join(directory, layer.digest.replace('sha256:', ''));
  const { stdout } = await promisify(execFile)('tar', ['--list', '--gzip', `--file=${blob}`]);
  return { layer, listing: stdout.trim().split('\n') };
}

test('nothing changed: nothing to hold', async () => {
  expect(await findChanges(rootfs, base)).toEqual({ present: [], removed: [] });
});

test('a change of content, mode or target is held, with the directories above it', async () => {
  await writeFile(join(rootfs, 'etc/app/settings'), 'two');
  await chmod(join(rootfs, 'usr'), 0o700);
  await rm(join(rootfs, 'bin'));
  await symlink('usr/sbin', join(rootfs, 'bin'));
  expect((await findChanges(rootfs, base)).present).toEqual([
    'bin',
    'etc',
    'etc/app',
    'etc/app/settings',
    'usr',
  ]);
});

test('a file written again with the same content is no change', async () => {
  await writeFile(join(rootfs, 'etc/app/settings'), 'one');
  await utimes(join(rootfs, 'etc/app/settings'), 1, 1);
  expect(await findChanges(rootfs, base)).toEqual({ present: [], removed: [] });
});

test('what is gone is held as a whiteout', async () => {
  await rm(join(rootfs, 'etc/gone'));
  await writeFile(join(rootfs, 'etc/new'), '');
  const { listing } = await pack(base);
  expect(listing).toEqual(['etc/', 'etc/new', 'etc/.wh.gone']);
});

test('a base layer holds everything but the contents of mount points', async () => {
  await mkdir(join(rootfs, 'proc'));
  await writeFile(join(rootfs, 'proc/1'), '');
  const { listing } = await pack(null);
  expect(listing).toEqual(['bin', 'etc/', 'etc/app/', 'etc/app/settings', 'etc/gone', 'proc/', 'usr/']);
});

test('the same files give the same digests, whenever they were written', async () => {
  const first = (await pack(null)).layer;
  await rm(join(rootfs, 'etc/gone'));
  await writeFile(join(rootfs, 'etc/gone'), '');
  expect((await pack(null)).layer).toEqual(first);
});
