/** A directory as an ext4 disk, made without mounting anything. */
import { rm } from 'node:fs/promises';
import { runCommand } from '../../../machine/run-command.ts';

export interface DiskImageOptions {
  directory: string;
  image: string;
  /** Beyond what the directory holds; costs nothing until written to. */
  roomBytes: number;
  signal: AbortSignal;
}

const mebibyte = 1024 ** 2;

/** Owners, modes, links and extended attributes are kept. Needs root. */
export async function makeDiskImage({
  directory,
  image,
  roomBytes,
  signal,
}: DiskImageOptions): Promise<void> {
  const [kibibytes] = (await runCommand({ argv: ['du', '-sk', directory], signal })).split('\t');
  // An eighth more for the file system's own tables.
  const size = Math.ceil((Number(kibibytes) * 1024 * 1.125 + roomBytes) / mebibyte) + 32;
  await rm(image, { force: true });
  await runCommand({
    argv: [
      'mke2fs',
      '-q',
      '-F',
      '-t',
      'ext4',
      '-O',
      '^has_journal',
      '-m',
      '0',
      '-d',
      directory,
      image,
      `${size}M`,
    ],
    signal,
  });
}
