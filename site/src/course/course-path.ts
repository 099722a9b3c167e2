import { numberedFolderPattern } from '../../../protocol/lesson.ts';

export interface CoursePath {
  /** The folders' slugs: `before-docker`, `before-docker/chroot` or `before-docker/chroot/a-jail`. */
  id: string;
  /** The folders' numbers, outermost first: what the course is sorted by. */
  numbers: number[];
}

/**
 * Reads a file's place in the course from its path, relative or absolute.
 *
 * @throws Error naming the folder whose name is not a number, a hyphen and a slug
 */
export function readCoursePath(path: string): CoursePath {
  const folders = path
    .replace(/^.*content\/modules\//, '')
    .split('/')
    .slice(0, -1)
    .filter((folder) => folder !== 'exercises');
  const slugs: string[] = [];
  const numbers: number[] = [];
  for (const folder of folders) {
    const [, number, slug] = numberedFolderPattern.exec(folder) ?? [];
    if (number === undefined || slug === undefined) {
      throw new Error(
        `Folder "${folder}" of ${path} gives no place in the course: expected a number, a hyphen and a slug, ` +
          `like 02-chroot. Rename the folder.`,
      );
    }
    slugs.push(slug);
    numbers.push(Number(number));
  }
  return { id: slugs.join('/'), numbers };
}

/** Sorts by folder numbers, level by level. */
export function compareNumbers(a: CoursePath, b: CoursePath): number {
  for (const [index, number] of a.numbers.entries()) {
    const difference = number - (b.numbers[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
