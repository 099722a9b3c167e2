import { execFile } from 'node:child_process';
import { relative, resolve } from 'node:path';
import { promisify } from 'node:util';
import { CodedError } from '../../protocol/errors.ts';
import { isProofCode } from './proof-code.ts';

/** The exercises or lessons whose folders hold a changed file; all of them where the code that proves them has changed. */
export function changedFolders<T extends { dir: string }>(
  all: readonly T[],
  { repository, paths }: { repository: string; paths: readonly string[] },
): T[] {
  if (paths.some(isProofCode)) return [...all];
  return all.filter(({ dir }) => {
    const folder = `${relative(repository, resolve(dir))}/`;
    return paths.some((path) => path.startsWith(folder));
  });
}

/**
 * Paths in the repository that differ from a revision, with those that are not yet followed by git. Throws USAGE where
 * git knows no such revision, or the repository is none.
 */
export async function changedPaths(repository: string, revision: string): Promise<string[]> {
  // An option in its place would be one of git's own.
  const known = await git(repository, [
    'rev-parse',
    '--verify',
    '--quiet',
    '--end-of-options',
    `${revision}^{commit}`,
  ])
    .then((text) => text.trim())
    .catch((error: unknown) => {
      const message = `--changed is ${revision}; expected a revision that git knows in ${repository}, like HEAD or main`;
      throw new CodedError('USAGE', message, { cause: error });
    });
  const [differing, untracked] = await Promise.all([
    git(repository, ['diff', '--name-only', '-z', '--no-renames', known]),
    git(repository, ['ls-files', '--others', '--exclude-standard', '-z']),
  ]);
  return `${differing}${untracked}`.split('\0').filter((path) => path !== '');
}

/** The repository may be another user's: whoever verifies is root. */
async function git(repository: string, words: string[]): Promise<string> {
  const options = ['-c', `safe.directory=${repository}`, '-C', repository];
  const { stdout } = await promisify(execFile)('git', [...options, ...words], {
    maxBuffer: 64 * 1024 * 1024,
  });
  return stdout;
}
