import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { numberedFolderPattern } from '../protocol/lesson.ts';
import { guideAnchors } from './guide.ts';
import type { Problem } from './problem.ts';

export interface NumberedFolder {
  dir: string;
  number: number;
  slug: string;
}

/**
 * The numbered folders of a folder, by number. Other folders, and numbers or slugs used twice, are problems; files and
 * dot-files are left alone. A folder that does not exist holds none.
 */
export async function numberedFolders(
  parent: string,
): Promise<{ folders: NumberedFolder[]; problems: Problem[] }> {
  const entries = await readdir(parent, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const folders: NumberedFolder[] = [];
  const problems: Problem[] = [];
  for (const entry of entries.toSorted((left, right) => (left.name < right.name ? -1 : 1))) {
    if (!entry.isDirectory() || entry.name.startsWith('.')) continue;
    const dir = join(parent, entry.name);
    const [, number, slug] = numberedFolderPattern.exec(entry.name) ?? [];
    if (number === undefined || slug === undefined) {
      const message =
        'the folder has no number or no slug; expected a name like `02-chroot`: a number, a hyphen, lower-case words joined by hyphens';
      problems.push({ file: dir, at: null, message, guide: guideAnchors.folders });
      continue;
    }
    const taken = folders.find((other) => other.number === Number(number) || other.slug === slug);
    if (taken !== undefined) {
      const what = taken.slug === slug ? `slug \`${slug}\`` : `number ${Number(number)}`;
      const message = `its ${what} is also that of ${taken.dir}; expected each number and slug once`;
      problems.push({ file: dir, at: null, message, guide: guideAnchors.folders });
      continue;
    }
    folders.push({ dir, number: Number(number), slug });
  }
  return { folders: folders.sort((left, right) => left.number - right.number), problems };
}
