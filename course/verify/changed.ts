import { execFile } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { relative } from 'node:path';
import { promisify } from 'node:util';
import { CodedError } from '../../protocol/errors.ts';
import { isProofCode } from './proof-code.ts';

export interface WorkTree {
  /** Without links. */
  root: string;
  /** This program's: it holds the code that proves, and is trusted whoever owns it. */
  isOwn: boolean;
}

/**
 * The work tree in which a course lies. Throws USAGE where git knows none, or does not let this user read it: whoever
 * verifies is root, and the settings of another user's repository can run programs.
 */
export async function workTreeOf(contentDir: string, { own }: { own: string }): Promise<WorkTree> {
  try {
    const inCourse = ['-C', realpathSync(contentDir)];
    const shown = await git({ root: own, isOwn: true }, [...inCourse, 'rev-parse', '--show-toplevel']);
    const root = shown.replace(/\n$/, '');
    return { root, isOwn: root === realpathSync(own) };
  } catch (error) {
    const { stderr = '' } = error as { stderr?: string };
    const [said = ''] = stderr.trim().split('\n');
    const message = `--changed was given with a course in ${contentDir}, of which git says: ${said.replace(/^fatal: /, '')}; expected one in a git work tree that this user may read`;
    throw new CodedError('USAGE', message, { cause: error });
  }
}

/**
 * The exercises or lessons whose folders hold a changed file; all of them where the code that proves them has changed,
 * which only the program's own work tree tells.
 */
export function changedFolders<T extends { dir: string }>(
  all: readonly T[],
  { workTree, paths }: { workTree: WorkTree; paths: readonly string[] },
): T[] {
  if (workTree.isOwn && paths.some(isProofCode)) return [...all];
  return all.filter(({ dir }) => {
    const folder = `${relative(workTree.root, realpathSync(dir))}/`;
    return paths.some((path) => path.startsWith(folder));
  });
}

/**
 * Paths in the work tree that differ from a revision, with those that are not yet followed by git. Throws USAGE where
 * git knows no such revision, or it is no work tree.
 */
export async function changedPaths(workTree: WorkTree, revision: string): Promise<string[]> {
  // An option in its place would be one of git's own.
  const known = await git(workTree, [
    'rev-parse',
    '--verify',
    '--quiet',
    '--end-of-options',
    `${revision}^{commit}`,
  ])
    .then((text) => text.trim())
    .catch((error: unknown) => {
      const message = `--changed is ${revision}; expected a revision that git knows in ${workTree.root}, like HEAD or main`;
      throw new CodedError('USAGE', message, { cause: error });
    });
  const [differing, untracked] = await Promise.all([
    git(workTree, ['diff', '--name-only', '-z', '--no-renames', known]),
    git(workTree, ['ls-files', '--others', '--exclude-standard', '-z']),
  ]);
  return `${differing}${untracked}`.split('\0').filter((path) => path !== '');
}

async function git({ root, isOwn }: WorkTree, words: string[]): Promise<string> {
  const trust = isOwn ? ['-c', `safe.directory=${root}`] : [];
  const { stdout } = await promisify(execFile)('git', [...trust, '-C', root, ...words], {
    maxBuffer: 64 * 1024 * 1024,
    // What it says of a fault is told.
    env: { ...process.env, LC_ALL: 'C' },
  });
  return stdout;
}
