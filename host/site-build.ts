/** Builds a course's pages into dist, when something they are made of has changed. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync, chownSync } from 'node:fs';
import path from 'node:path';
import { CodedError } from '../protocol/errors.ts';
import { FileLock } from './file-lock.ts';
import { ownCourse, type CourseSource } from './course-source.ts';
import { nodePath, repositoryOwner, repositoryRoot } from './repository.ts';
import { runCommand } from './run-command.ts';

/** All that the built site depends on, besides the course. */
const ingredients = ['site', 'protocol', 'astro.config.mjs', 'package-lock.json'];

/** Resolves with whether anything had to be done. An interrupted build has no stamp and is made again. */
export async function buildSite({
  signal,
  course = ownCourse,
}: {
  signal: AbortSignal;
  course?: CourseSource;
}): Promise<boolean> {
  const dist = path.join(repositoryRoot, 'dist');
  const stamp = path.join(repositoryRoot, `${course.sitePath}.stamp`);
  const hash = hashOf([...ingredients, course.contentPath].map((name) => path.join(repositoryRoot, name)));
  if (isStamped(stamp, hash)) return false;

  // What is made inside the clone belongs to its owner.
  const owner = repositoryOwner();
  const asOwner = process.getuid!() === 0 && owner.uid !== 0;
  try {
    mkdirSync(dist, { recursive: true });
    if (asOwner) chownSync(dist, owner.uid, owner.gid);
    using _lock = await FileLock.take(path.join(dist, '.lock'), { signal });
    if (isStamped(stamp, hash)) return false;
    rmSync(stamp, { force: true });
    await runCommand(nodePath, ['node_modules/astro/bin/astro.mjs', 'build', '--outDir', course.sitePath], {
      cwd: repositoryRoot,
      env: {
        ...process.env,
        ...siteEnvironment(course),
        ...(asOwner ? { HOME: owner.home } : {}),
      },
      ...(asOwner ? { uid: owner.uid, gid: owner.gid } : {}),
      signal,
    });
    // What a strict umask made of the clone's own files is copied with them, and the portal's user must read them.
    await runCommand('chmod', ['-R', 'go+rX', dist], { signal });
    writeFileSync(stamp, hash);
    return true;
  } catch (error) {
    signal.throwIfAborted();
    const message = `the site could not be built. Needed: astro build without errors. Mend what it says and run the same command again.\n${(error as Error).message}`;
    throw new CodedError('BUILD_FAILED', message, { cause: error });
  }
}

/** What Astro is told of the course; see astro.config.mjs. */
export function siteEnvironment({ contentPath }: CourseSource): Record<string, string> {
  return { ASTRO_TELEMETRY_DISABLED: '1', NO_COLOR: '1', CHROOTCAMP_CONTENT: contentPath };
}

/** Of names and contents, in a fixed order. Tests are no part of what is built. */
export function hashOf(paths: string[]): string {
  const hash = createHash('sha256');
  const add = (file: string, name: string) => {
    const contents = readFileSync(file);
    hash.update(`${name}\0${contents.length}\0`).update(contents);
  };
  for (const root of paths) {
    if (!existsSync(root)) continue;
    const entries = readdirOrNull(root);
    if (!entries) {
      add(root, path.basename(root));
      continue;
    }
    for (const entry of entries) {
      if (!entry.endsWith('.test.ts')) add(path.join(root, entry), `${path.basename(root)}/${entry}`);
    }
  }
  return hash.digest('hex');
}

function readdirOrNull(directory: string): string[] | null {
  try {
    const entries = readdirSync(directory, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile());
    return files.map((entry) => path.relative(directory, path.join(entry.parentPath, entry.name))).sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return null;
    throw error;
  }
}

function isStamped(stamp: string, hash: string): boolean {
  return (
    existsSync(stamp) &&
    readFileSync(stamp, 'utf8') === hash &&
    existsSync(stamp.replace(/\.stamp$/, '/index.html'))
  );
}
