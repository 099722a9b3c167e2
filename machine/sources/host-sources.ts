import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type AptSource, parseDeb822Sources, parseOneLineSources } from './apt-source.ts';

/** All package sources of this machine, in apt's own order. A machine without apt has none. */
export async function readHostSources(aptDir = '/etc/apt'): Promise<AptSource[]> {
  const parts = (await readdirOrEmpty(join(aptDir, 'sources.list.d'))).sort();
  const sources = parseOneLineSources(await readOrEmpty(join(aptDir, 'sources.list')));
  for (const part of parts) {
    const text = () => readOrEmpty(join(aptDir, 'sources.list.d', part));
    if (part.endsWith('.sources')) sources.push(...parseDeb822Sources(await text()));
    if (part.endsWith('.list')) sources.push(...parseOneLineSources(await text()));
  }
  return sources;
}

async function readOrEmpty(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => whenAbsent(error, ''));
}

async function readdirOrEmpty(path: string): Promise<string[]> {
  return readdir(path).catch((error: NodeJS.ErrnoException) => whenAbsent(error, []));
}

function whenAbsent<T>(error: NodeJS.ErrnoException, value: T): T {
  if (error.code === 'ENOENT') return value;
  throw error;
}
