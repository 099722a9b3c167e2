import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ForeignKey } from '../sources/foreign-key.ts';
import type { MirrorSource } from '../sources/mirror.ts';
import { debianKeyring } from './sources-file.ts';

/** Writes the keys into a directory and answers, per mirror, the path apt shall use; `seenFrom` is that directory's name to apt. */
export async function placeKeys(
  keys: ReadonlyMap<string, ForeignKey>,
  directory: string,
  seenFrom = directory,
): Promise<(source: MirrorSource) => string> {
  for (const key of keys.values()) await writeFile(join(directory, key.name), key.content, { mode: 0o644 });
  return (source) => {
    const key = keys.get(source.uri);
    return key === undefined ? debianKeyring : join(seenFrom, key.name);
  };
}
