/** The JSON Schemas of a course's files, written where its editors find them. */
import { cp, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { repositoryRoot } from '../host/repository.ts';

/** Resolves with the folder. */
export async function writeSchemas(contentDir: string): Promise<string> {
  const from = path.join(repositoryRoot, 'content', 'schemas');
  const to = path.join(contentDir, 'schemas');
  if (path.resolve(to) === from) return to;
  await mkdir(to, { recursive: true });
  await cp(from, to, { recursive: true });
  return to;
}
