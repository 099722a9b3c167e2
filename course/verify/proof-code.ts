import { createHash, type Hash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The rooms whose code decides what a proof says. */
const rooms = ['course', 'grader', 'protocol', 'sandbox-client'] as const;

/** Whether a file of the repository, by its path there, decides what a proof says. */
export function isProofCode(path: string): boolean {
  return rooms.some((room) => path.startsWith(`${room}/`)) && /(?<!\.test|\.fixture)\.ts$/.test(path);
}

/** Of all code that decides what a proof says, in hexadecimal. */
export async function hashProofCode(repository: string): Promise<string> {
  const hash = createHash('sha256');
  for (const room of rooms) await addFolder(hash, repository, room);
  return hash.digest('hex');
}

/** Of a folder's names and contents, in hexadecimal. */
export async function hashFolder(dir: string): Promise<string> {
  const hash = createHash('sha256');
  for (const path of await filesOf(dir)) await addFile(hash, dir, path);
  return hash.digest('hex');
}

async function addFolder(hash: Hash, repository: string, room: string): Promise<void> {
  for (const path of await filesOf(join(repository, room))) {
    if (isProofCode(`${room}/${path}`)) await addFile(hash, repository, `${room}/${path}`);
  }
}

async function addFile(hash: Hash, dir: string, path: string): Promise<void> {
  const content = await readFile(join(dir, path));
  hash.update(`${path}\0${content.length}\0`).update(content);
}

async function filesOf(dir: string): Promise<string[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(dir.length + 1))
    .toSorted();
}
