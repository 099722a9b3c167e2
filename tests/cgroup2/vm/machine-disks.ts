/** The learners' machine and the registry's store as disks of the guest, named by what is in them. */
import { createHash } from 'node:crypto';
import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { BuiltMachine } from '../../../machine/build.ts';
import { exists } from '../../../machine/partial-builds.ts';
import { makeDiskImage } from './disk-image.ts';

async function diskOf(options: { directory: string; image: string; signal: AbortSignal }): Promise<string> {
  const { directory, image, signal } = options;
  if (await exists(image)) return image;
  await makeDiskImage({ directory, image: `${image}.partial`, roomBytes: 0, signal });
  await rename(`${image}.partial`, image);
  return image;
}

/** Needs root. */
export async function buildMachineDisks(options: {
  machine: BuiltMachine;
  cacheDir: string;
  signal: AbortSignal;
}): Promise<{ tree: string; registry: string }> {
  const { machine, cacheDir, signal } = options;
  await mkdir(cacheDir, { recursive: true });
  const digests = createHash('sha256').update(JSON.stringify(machine.images)).digest('hex').slice(0, 16);
  const image = (name: string) => join(cacheDir, `${name}.img`);
  return {
    tree: await diskOf({ directory: machine.treePath, image: image(`tree-${machine.hash}`), signal }),
    registry: await diskOf({
      directory: machine.registryRoot,
      image: image(`registry-${digests}`),
      signal,
    }),
  };
}
