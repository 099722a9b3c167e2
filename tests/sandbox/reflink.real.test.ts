/** Checkpoints on a host's file system that can share blocks between files: a copy takes no room and hardly any time. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, statfsSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { RunningSandboxServer } from '../running-sandbox-server.ts';

const megabyte = 1024 ** 2;
const diskMegabytes = 200;

const run = (program: string, ...args: string[]) => execFileSync(program, args, { encoding: 'utf8' });

/** A server whose sandboxes lie on a file system of their own. */
async function serverOn(format: string[]): Promise<RunningSandboxServer> {
  const server = await RunningSandboxServer.start({ capacity: { diskReserveBytes: 0 } });
  try {
    const image = join(server.directory, 'host-disk.img');
    writeFileSync(image, '');
    truncateSync(image, 3 * 1024 * megabyte);
    const [program = '', ...args] = format;
    run(program, ...args, image);
    mkdirSync(server.stateDir, { recursive: true });
    run('mount', '-o', 'loop', image, server.stateDir);
  } catch (error) {
    await server[Symbol.asyncDispose]();
    throw error;
  }
  return server;
}

async function end(server: RunningSandboxServer): Promise<void> {
  try {
    for (const { id } of await server.client.list()) await server.client.destroy(id);
  } finally {
    run('umount', '--lazy', server.stateDir);
    await server[Symbol.asyncDispose]();
  }
}

function freeMegabytes(directory: string): number {
  // What was removed or is yet to be written counts only then.
  run('sync', '--file-system', directory);
  const { bavail, bsize } = statfsSync(directory);
  return (bavail * bsize) / megabyte;
}

/** Megabytes of a file by whether another one has the same blocks, as the kernel's FIEMAP says. */
function blocksOf(file: string): { shared: number; own: number } {
  const sum = { shared: 0, own: 0 };
  for (const line of run('filefrag', '-v', '-b1', file).split('\n')) {
    const extent = /^ *\d+: *\d+\.\. *\d+: *\d+\.\. *\d+: *(\d+):(.*)$/.exec(line);
    if (extent !== null)
      sum[extent[2]?.includes('shared') ? 'shared' : 'own'] += Number(extent[1]) / megabyte;
  }
  return sum;
}

interface Measured {
  server: RunningSandboxServer;
  id: string;
  /** What the host's disk has less by a checkpoint. */
  takenMegabytes: number;
  checkpoint: string;
  checkpointId: string;
}

/** One checkpoint of a disk with 200 MB on it that no compression makes smaller. */
async function takeOne(server: RunningSandboxServer): Promise<Measured> {
  const id = await server.sandbox();
  const fill = `head -c ${diskMegabytes}M /dev/urandom > /root/big; echo first > /root/note; sync /root/big /root/note`;
  await server.run(id, fill);
  const before = freeMegabytes(server.stateDir);
  const { id: checkpointId } = await server.client.checkpoint(id);
  const takenMegabytes = before - freeMegabytes(server.stateDir);
  const checkpoint = join(server.stateDir, id, 'checkpoints', `${checkpointId}.img`);
  return { server, id, takenMegabytes, checkpoint, checkpointId };
}

test.for([
  ['XFS', 'mkfs.xfs', '-q', '-m', 'reflink=1'],
  ['Btrfs', 'mkfs.btrfs', '-q'],
])('on %s the blocks are shared, and both disks stay apart', async ([, ...format]) => {
  const server = await serverOn(format);
  try {
    const { id, takenMegabytes, checkpoint, checkpointId } = await takeOne(server);
    expect(takenMegabytes).toBeLessThan(diskMegabytes / 4);
    const blocks = blocksOf(checkpoint);
    expect(blocks.shared).toBeGreaterThan(diskMegabytes);
    expect(blocks.own).toBeLessThan(diskMegabytes / 4);
    await server.run(id, 'echo second > /root/note; rm /root/big; sync');
    await server.client.restore(id, checkpointId);
    await server.client.view(id, { docker: 'wait' });
    const look = 'cat /root/note; stat -c %s /root/big; docker run --rm busybox echo works 2>/dev/null';
    expect((await server.run(id, look)).output).toBe(`first\n${diskMegabytes * megabyte}\nworks\n`);
    expect(blocksOf(join(server.stateDir, id, 'disk.img')).shared).toBeGreaterThan(diskMegabytes);
  } finally {
    await end(server);
  }
});

test('on ext4, which shares none, the same is a copy', async () => {
  const server = await serverOn(['mkfs.ext4', '-q', '-m', '0']);
  try {
    const { takenMegabytes, checkpoint } = await takeOne(server);
    expect(takenMegabytes).toBeGreaterThan(diskMegabytes);
    expect(blocksOf(checkpoint).shared).toBe(0);
  } finally {
    await end(server);
  }
});
