/** The size of the pool that an operator set while the server ran: it outlives the server, not the next `default`. */
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { maxPoolSize } from '../../protocol/capacity.ts';

const fileName = 'pool.json';
const schema = z.strictObject({ size: z.int().min(0).max(maxPoolSize) });

/** Null where none was set, or what is there cannot be read: then the configuration's holds. */
export async function readPoolSize(directory: string): Promise<number | null> {
  try {
    return schema.parse(JSON.parse(await readFile(join(directory, fileName), 'utf8'))).size;
  } catch {
    return null;
  }
}

export async function writePoolSize(directory: string, size: number | null): Promise<void> {
  const path = join(directory, fileName);
  if (size === null) return rm(path, { force: true });
  await writeFile(`${path}.new`, JSON.stringify({ size }));
  await rename(`${path}.new`, path);
}
