/** The course in other languages: what is there, and whether it still fits what it translates. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  exerciseTranslationSchema,
  languageCodeSchema,
  languageSchema,
  lessonTranslationSchema,
} from '../protocol/language.ts';
import { moduleSchema } from '../protocol/lesson.ts';
import { closest } from './closest.ts';
import type { CourseExercise, CourseLanguage, CourseLesson, CourseModule } from './course.ts';
import { guideAnchors } from './guide.ts';
import { parseFrontmatter } from './lesson-file.ts';
import { readLinks, type LessonLinks } from './lesson-links.ts';
import type { Problem } from './problem.ts';
import { commandBlocksIn } from './prose/command-block.ts';
import { readTextFile } from './text-file.ts';
import { translationFaults } from './translated-lesson.ts';
import { parseYaml, type YamlDocument } from './yaml-document.ts';
import type { ExerciseTranslation } from '../protocol/language.ts';

const guide = guideAnchors.languages;

export interface ReadLanguages {
  languages: CourseLanguage[];
  /** Of translated lessons, by path of the file. */
  links: LessonLinks[];
  problems: Problem[];
}

/** Reads every translation. One that is missing is no fault, one that does not fit its original is. */
export async function readLanguages(
  contentDir: string,
  modules: readonly CourseModule[],
): Promise<ReadLanguages> {
  const read: ReadLanguages = { languages: [], links: [], problems: [] };
  const base = join(contentDir, 'languages');
  for (const code of await folderNames(base)) {
    const dir = join(base, code);
    if (!languageCodeSchema.safeParse(code).success) {
      read.problems.push({
        file: dir,
        at: null,
        message: `\`${code}\` is no language; expected a folder like \`de\` or \`pt-br\``,
        guide,
      });
      continue;
    }
    const file = join(dir, 'language.yaml');
    const text = await readTextFile(file);
    if (text === null) {
      read.problems.push({
        file,
        at: null,
        message: 'there is no such file; expected `name` and `notTranslated` in it',
        guide,
      });
      continue;
    }
    const parsed = parseYaml({ file, text, guide: () => 'language' }, languageSchema);
    if (!parsed.ok) read.problems.push(...parsed.problems);
    const lessons = await readModules(dir, modules, read);
    if (parsed.ok) read.languages.push({ code, name: parsed.document.value.name, lessons });
  }
  return read;
}

/** Resolves with the ids of lessons that are translated. */
async function readModules(
  dir: string,
  modules: readonly CourseModule[],
  read: ReadLanguages,
): Promise<string[]> {
  const translated: string[] = [];
  for (const slug of await folderNames(dir)) {
    const module = modules.find((each) => each.slug === slug);
    if (module === undefined) {
      read.problems.push(unknownFolder(join(dir, slug), slug, modules, 'module'));
      continue;
    }
    const file = join(dir, slug, 'module.yaml');
    const text = await readTextFile(file);
    if (text !== null) {
      const parsed = parseYaml({ file, text, guide: () => guideAnchors.module }, moduleSchema);
      if (!parsed.ok) read.problems.push(...parsed.problems);
    }
    for (const name of await folderNames(join(dir, slug))) {
      const lesson = module.lessons.find((each) => each.slug === name);
      const path = join(dir, slug, name);
      if (lesson === undefined) read.problems.push(unknownFolder(path, name, module.lessons, 'lesson'));
      else if (await readLesson(path, lesson, read)) translated.push(lesson.id);
    }
  }
  return translated;
}

async function readLesson(dir: string, lesson: CourseLesson, read: ReadLanguages): Promise<boolean> {
  for (const name of (await readdir(dir)).filter((each) => each.endsWith('.yaml')).toSorted()) {
    const exercise = lesson.exercises.find(({ slug }) => `${slug}.yaml` === name);
    if (exercise === undefined)
      read.problems.push(
        unknownFolder(join(dir, name), name.replace(/\.yaml$/, ''), lesson.exercises, 'exercise'),
      );
    else read.problems.push(...(await exerciseFaults(join(dir, name), exercise)));
  }
  const file = join(dir, 'lesson.mdx');
  const text = await readTextFile(file);
  if (text === null) return false;
  const { bodyStart, frontmatter, problems } = parseFrontmatter(file, text, lessonTranslationSchema);
  const links = readLinks(file, text, { pictureDirs: [dir, lesson.dir] });
  const blocks = commandBlocksIn(file, text);
  read.links.push(links);
  read.problems.push(
    ...problems,
    ...links.problems,
    ...blocks.problems,
    ...(await translationFaults({ file, text, bodyStart, lesson })),
  );
  return frontmatter !== null;
}

async function exerciseFaults(file: string, { exercise }: CourseExercise): Promise<Problem[]> {
  const text = (await readTextFile(file)) ?? '';
  const parsed = parseYaml({ file, text, guide: () => 'exercise-translation' }, exerciseTranslationSchema);
  if (!parsed.ok) return parsed.problems;
  const { value, problemAt } = parsed.document;
  const ids = exercise.checks.map(({ id }) => id);
  const problems = strayIds(parsed.document, ids);
  for (const id of ids.filter((each) => value.labels[each] === undefined)) {
    problems.push(
      problemAt(['labels'], `check \`${id}\` has no label here; expected one for each check of the original`),
    );
  }
  if (value.hints.length !== exercise.hints.length) {
    problems.push(
      problemAt(
        ['hints'],
        `there are ${value.hints.length} hints; expected ${exercise.hints.length}, as in the original`,
      ),
    );
  }
  return problems;
}

function strayIds(
  { value, problemAt }: YamlDocument<ExerciseTranslation>,
  ids: readonly string[],
): Problem[] {
  return (['labels', 'placeholders'] as const).flatMap((key) =>
    Object.keys(value[key] ?? {})
      .filter((id) => !ids.includes(id))
      .map((id) => {
        const meant = closest(id, ids);
        const hint = meant === null ? '' : `; did you mean \`${meant}\`?`;
        return problemAt(
          [key, id],
          `the original has no check \`${id}\`; expected one of \`${ids.join('`, `')}\`${hint}`,
        );
      }),
  );
}

function unknownFolder(
  file: string,
  name: string,
  known: readonly { slug: string }[],
  what: string,
): Problem {
  const slugs = known.map(({ slug }) => slug);
  const meant = closest(name, slugs);
  const hint = meant === null ? '' : `; did you mean \`${meant}\`?`;
  const message = `the course has no ${what} \`${name}\`; expected one of \`${slugs.join('`, `')}\`${hint}`;
  return { file, at: null, message, guide };
}

async function folderNames(dir: string): Promise<string[]> {
  const entries = await readdir(dir, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => name)
    .toSorted();
}
