import { dirname, join, relative } from 'node:path';
import { closest } from './closest.ts';
import type { CourseExercise, CourseLesson } from './course.ts';
import { readExerciseFolder } from './exercise-folder.ts';
import { parseLesson, type Placement } from './lesson-file.ts';
import { guideAnchors } from './guide.ts';
import { readLinks, type LessonLinks } from './lesson-links.ts';
import { numberedFolders, type NumberedFolder } from './numbered-folder.ts';
import type { Problem } from './problem.ts';
import { readTextFile } from './text-file.ts';

const guide = guideAnchors.lesson;

/** Reads one lesson with its exercises. `lesson` is null where its own file is unreadable, `links` where there is none. */
export async function readLessonFolder(
  moduleSlug: string,
  { dir, number, slug }: NumberedFolder,
): Promise<{ lesson: CourseLesson | null; links: LessonLinks | null; problems: Problem[] }> {
  const id = `${moduleSlug}/${slug}`;
  const file = join(dir, 'lesson.mdx');
  const listed = await numberedFolders(join(dir, 'exercises'));
  const problems = [...listed.problems];
  const exercises: CourseExercise[] = [];
  for (const folder of listed.folders) {
    const read = await readExerciseFolder(folder.dir);
    problems.push(...read.problems);
    if (read.folder === null) continue;
    exercises.push({
      ...folder,
      ...read.folder,
      id: `${id}/${folder.slug}`,
      file: join(folder.dir, 'exercise.yaml'),
    });
  }
  const text = await readTextFile(file);
  if (text === null) {
    problems.unshift({
      file,
      at: null,
      message: 'there is no such file; expected one in each lesson folder',
      guide,
    });
    return { lesson: null, links: null, problems };
  }
  const { frontmatter, placements, problems: faults } = parseLesson(file, text);
  const links = readLinks(file, text);
  problems.push(...faults, ...links.problems, ...misplaced(file, placements, listed.folders));
  if (frontmatter === null) return { lesson: null, links, problems };
  return { lesson: { id, slug, number, ...frontmatter, dir, file, exercises }, links, problems };
}

/** Each exercise of the folder stands in the lesson exactly once, and no other does. */
function misplaced(file: string, placements: Placement[], folders: NumberedFolder[]): Problem[] {
  const problems: Problem[] = [];
  const slugs = folders.map((folder) => folder.slug);
  for (const [index, { slug, ...at }] of placements.entries()) {
    if (!slugs.includes(slug)) {
      const meant = closest(slug, slugs);
      const hint = meant === null ? '' : `; did you mean \`${meant}\`?`;
      const expected =
        slugs.length === 0 ? 'the lesson has no exercises' : `expected one of \`${slugs.join('`, `')}\``;
      problems.push({ file, at, message: `there is no exercise \`${slug}\`; ${expected}${hint}`, guide });
    } else if (placements.findIndex((other) => other.slug === slug) !== index) {
      problems.push({ file, at, message: `exercise \`${slug}\` is placed twice; expected each once`, guide });
    }
  }
  for (const { slug, dir } of folders.filter(
    (folder) => !placements.some((each) => each.slug === folder.slug),
  )) {
    const message = `exercise \`${slug}\` (${relative(dirname(file), dir)}) is never placed; expected \`<Exercise id="${slug}" />\` where it belongs`;
    problems.push({ file, at: null, message, guide });
  }
  return problems;
}
