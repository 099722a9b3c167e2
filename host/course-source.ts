/** The course that is served: the program's own, or any folder like it. */
import { createHash } from 'node:crypto';
import {
  chownSync,
  lchownSync,
  copyFileSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  rmdirSync,
  utimesSync,
} from 'node:fs';
import type { Stats } from 'node:fs';
import path from 'node:path';
import { CodedError } from '../protocol/errors.ts';
import { repositoryOwner, repositoryRoot } from './repository.ts';

export interface CourseSource {
  /** The author's folder: it holds `modules`. */
  dir: string;
  /** What pages are built from and the portal reads, relative to the repository. */
  contentPath: string;
  /** The built pages, relative to the repository. */
  sitePath: string;
}

export const ownCourse: CourseSource = {
  dir: path.join(repositoryRoot, 'content'),
  contentPath: 'content',
  sitePath: 'dist/site',
};

/**
 * Another folder is copied into `dist`, beside the program's own modules, which its lessons need to be built; and so is the
 * program's own while it is written on (`live`), since the portal sees `dist` and nothing else that changes.
 */
export function courseSourceOf(dir: string | undefined, { live }: { live: boolean }): CourseSource {
  const absolute = path.resolve(dir ?? ownCourse.dir);
  if (absolute === ownCourse.dir && !live) return ownCourse;
  const key = createHash('sha256').update(absolute).digest('hex').slice(0, 12);
  const base = `dist/courses/${key}`;
  return { dir: absolute, contentPath: `${base}/content`, sitePath: `${base}/site` };
}

/** A course is words and drawings. What is much larger is another folder, given by mistake. */
const maxFiles = 5_000;
const maxFileBytes = 16 * 1024 * 1024;

/**
 * Makes the copy the same as the author's folder, touching only what differs; resolves to whether anything did. Throws
 * USAGE for what is no course. Links are not followed: nothing beside the folder is served.
 */
export function copyCourse({ dir, contentPath }: CourseSource): boolean {
  if (path.join(repositoryRoot, contentPath) === dir) return false;
  const wanted = new Map(filesBelow(dir));
  const target = path.join(repositoryRoot, contentPath);
  mkdirSync(target, { recursive: true });
  let changed = false;
  for (const [file] of filesBelow(target)) {
    if (wanted.has(file)) continue;
    rmSync(path.join(target, file));
    removeEmptied(path.dirname(path.join(target, file)), target);
    changed = true;
  }
  const owner = repositoryOwner();
  for (const [file, stats] of wanted) {
    const to = path.join(target, file);
    if (isSame(stats, lstatSync(to, { throwIfNoEntry: false }))) continue;
    mkdirSync(path.dirname(to), { recursive: true });
    copyFileSync(path.join(dir, file), `${to}.copying`);
    utimesSync(`${to}.copying`, stats.atime, stats.mtime);
    renameSync(`${to}.copying`, to);
    changed = true;
  }
  if (changed && process.getuid!() === 0 && owner.uid !== 0)
    ownAll(path.dirname(path.dirname(target)), owner);
  return changed;
}

/** A folder whose last file went is no lesson or exercise any more. */
function removeEmptied(dir: string, target: string): void {
  if (dir === target || readdirSync(dir).length > 0) return;
  rmdirSync(dir);
  removeEmptied(path.dirname(dir), target);
}

function isSame(wanted: Stats, there: Stats | undefined): boolean {
  if (there === undefined) return false;
  return there.size === wanted.size && Math.abs(there.mtimeMs - wanted.mtimeMs) < 2;
}

/** Regular files by their path below a folder. Folders are entered one by one: `recursive` would follow links. */
function filesBelow(dir: string, below = '', files: [string, Stats][] = []): [string, Stats][] {
  for (const entry of readdirSync(path.join(dir, below), { withFileTypes: true })) {
    if (entry.name.startsWith('.') || entry.name === 'node_modules' || entry.name.endsWith('.copying'))
      continue;
    const file = path.join(below, entry.name);
    if (entry.isDirectory()) filesBelow(dir, file, files);
    if (!entry.isFile()) continue;
    const stats = lstatSync(path.join(dir, file), { throwIfNoEntry: false });
    if (stats === undefined) continue;
    files.push([file, stats]);
    refuseIfHuge(dir, file, { count: files.length, bytes: stats.size });
  }
  return files;
}

function refuseIfHuge(dir: string, file: string, { count, bytes }: { count: number; bytes: number }): void {
  if (count > maxFiles) {
    const message = `${dir} holds more than ${maxFiles} files; expected a course, the folder that holds modules`;
    throw new CodedError('USAGE', message);
  }
  if (bytes <= maxFileBytes) return;
  const message = `${path.join(dir, file)} has ${bytes} bytes; expected at most ${maxFileBytes} in a file of a course`;
  throw new CodedError('USAGE', message);
}

function ownAll(dir: string, { uid, gid }: { uid: number; gid: number }): void {
  chownSync(dir, uid, gid);
  for (const entry of readdirSync(dir, { recursive: true, withFileTypes: true })) {
    // Never what a link leads to.
    lchownSync(path.join(entry.parentPath, entry.name), uid, gid);
  }
}
