import { readFile, rename, writeFile } from 'node:fs/promises';
import { machinePaths } from './machine-paths.ts';
import type { ExpectedMachine } from './expected-machine.ts';

export interface BuiltImage {
  /** As typed after `docker run`, with the tag: `debian:trixie-slim`. */
  reference: string;
  /** Of its manifest, `sha256:...`. */
  digest: string;
  /** Of its compressed layers: what a pull transfers. */
  sizeBytes: number;
}

/** What the last finished build made, and of which recipes. */
export interface BuildRecord {
  recipes: ExpectedMachine;
  images: BuiltImage[];
}

/** Null when no build has finished here, or one of another version of this program. */
export async function readRecord(machineDir: string): Promise<BuildRecord | null> {
  try {
    const record = JSON.parse(
      await readFile(machinePaths(machineDir).record, 'utf8'),
    ) as Partial<BuildRecord>;
    return record.recipes !== undefined && record.images !== undefined ? (record as BuildRecord) : null;
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

export async function writeRecord(machineDir: string, record: BuildRecord): Promise<void> {
  const path = machinePaths(machineDir).record;
  await writeFile(`${path}.new`, JSON.stringify(record, null, 2));
  await rename(`${path}.new`, path);
}
