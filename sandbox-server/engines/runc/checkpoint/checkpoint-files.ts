/**
 * A sandbox's checkpoints on disk: `checkpoints/<id>.img`, each a whole disk. The file's name and times say all there is to
 * say, so that none can be half written down; `.part` is one that never became whole.
 */
import { existsSync } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CodedError } from '../../../../protocol/errors.ts';
import type { CheckpointFacts } from '../../../engine.ts';
import { checkDisk } from '../disk.ts';
import type { SandboxPaths } from '../paths.ts';
import { copyDisk } from './disk-copy.ts';
import { copyImage, requireRoom, requireSmall } from './image-copy.ts';

const suffix = '.img';
const part = (path: string): string => `${path}.part`;
const imageOf = (paths: SandboxPaths, checkpointId: string): string =>
  join(paths.checkpoints, `${checkpointId}${suffix}`);

/** Oldest first. */
export async function listCheckpoints({ checkpoints }: SandboxPaths): Promise<CheckpointFacts[]> {
  const names = existsSync(checkpoints) ? await readdir(checkpoints) : [];
  const found = await Promise.all(
    names
      .filter((name) => name.endsWith(suffix))
      .map(async (name) => {
        const { mtime, blocks } = await stat(join(checkpoints, name));
        return {
          id: name.slice(0, -suffix.length),
          createdAt: mtime.toISOString(),
          sizeBytes: blocks * 512,
        };
      }),
  );
  return found.toSorted((a, b) => a.createdAt.localeCompare(b.createdAt));
}

export interface WriteCheckpoint {
  checkpointId: string;
  /** Bytes of the host's disk that stay free. */
  reserveBytes: number;
  /** Of the copy. */
  maxBytes: number;
  signal?: AbortSignal | undefined;
}

/** Of a running sandbox. Leaves nothing where it rejects. */
export async function writeCheckpoint(
  paths: SandboxPaths,
  { checkpointId, reserveBytes, maxBytes, signal }: WriteCheckpoint,
): Promise<{ frozenMs: number }> {
  const image = imageOf(paths, checkpointId);
  await mkdir(paths.checkpoints, { recursive: true, mode: 0o700 });
  await requireSmall(paths.diskImage, maxBytes);
  await requireRoom(paths.diskImage, reserveBytes);
  const copy = part(image);
  try {
    const { frozenMs } = await copyDisk({
      mountPoint: paths.disk,
      image: paths.diskImage,
      to: copy,
      signal,
    });
    // Now, in the background, so that nobody waits for it at the restoring.
    await checkDisk(copy);
    await flush(copy);
    signal?.throwIfAborted();
    await rename(copy, image);
    return { frozenMs };
  } finally {
    await rm(copy, { force: true });
  }
}

async function flush(path: string): Promise<void> {
  const file = await open(path, 'r');
  try {
    await file.datasync();
  } finally {
    await file.close();
  }
}

/** Fine where there is none. */
export async function dropCheckpoint(paths: SandboxPaths, checkpointId: string): Promise<void> {
  await rm(imageOf(paths, checkpointId), { force: true });
}

/**
 * Lays a copy of the checkpoint ready as the sandbox's next disk. From the renaming on the restoring is decided: whoever
 * ends the sandbox throws the present disk away, and whoever starts it takes this one.
 */
export async function layReady(
  paths: SandboxPaths,
  { checkpointId, reserveBytes }: Pick<WriteCheckpoint, 'checkpointId' | 'reserveBytes'>,
): Promise<void> {
  const image = imageOf(paths, checkpointId);
  if (!existsSync(image)) throw new CodedError('CHECKPOINT_GONE', `there is no checkpoint ${checkpointId}`);
  await requireRoom(image, reserveBytes);
  const copy = part(paths.nextDiskImage);
  try {
    await copyImage({ from: image, to: copy, inBackground: false });
    await requireWhole(copy, { image, checkpointId });
    await rename(copy, paths.nextDiskImage);
  } finally {
    await rm(copy, { force: true });
  }
}

/** Before anything of the sandbox has ended. What is damaged is kept, under a name by which nobody goes back to it. */
async function requireWhole(
  copy: string,
  { image, checkpointId }: { image: string; checkpointId: string },
): Promise<void> {
  try {
    await checkDisk(copy);
  } catch (error) {
    if (!(error instanceof CodedError)) throw error;
    await rename(image, `${image}.damaged`);
    const found = `checkpoint ${checkpointId} is damaged: ${error.message}`;
    throw new CodedError(
      'CHECKPOINT_GONE',
      `${found}. It is kept as ${image}.damaged; the sandbox is as it was`,
      {
        cause: error,
      },
    );
  }
}

export function isLaidReady({ nextDiskImage }: SandboxPaths): boolean {
  return existsSync(nextDiskImage);
}

/** Takes it back, while the sandbox still runs on its present disk. */
export async function takeBack({ nextDiskImage }: SandboxPaths): Promise<void> {
  await rm(nextDiskImage, { force: true });
}

/** With nothing of the sandbox running or mounted: the disk that lies ready, if there is one, is its disk now. */
export async function adoptNextDisk({ nextDiskImage, diskImage }: SandboxPaths): Promise<void> {
  await rename(nextDiskImage, diskImage).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
}

/** What a server that was killed had begun to copy. */
export async function removeParts(paths: SandboxPaths): Promise<void> {
  await rm(part(paths.nextDiskImage), { force: true });
  const names = existsSync(paths.checkpoints) ? await readdir(paths.checkpoints) : [];
  for (const name of names.filter((one) => one.endsWith('.part'))) await rm(join(paths.checkpoints, name));
}
