import { join } from 'node:path';
import { moduleSchema } from '../protocol/lesson.ts';
import type { Course, CourseLesson, CourseModule } from './course.ts';
import { guideAnchors } from './guide.ts';
import { readLessonFolder } from './lesson-folder.ts';
import { readLanguages } from './languages.ts';
import { brokenLinks, brokenTranslatedLinks, type LessonLinks } from './lesson-links.ts';
import { numberedFolders, type NumberedFolder } from './numbered-folder.ts';
import { CourseInvalid, type Problem } from './problem.ts';
import { readTextFile } from './text-file.ts';
import { parseYaml } from './yaml-document.ts';

/**
 * Reads the whole course from its content folder and judges it; layout in `protocol/lesson.ts`. Throws `CourseInvalid`
 * (EXERCISE_INVALID) naming every fault at once; errors of the file system itself are passed on.
 */
export async function loadCourse(contentDir: string): Promise<Course> {
  const modulesDir = join(contentDir, 'modules');
  const { folders, problems } = await numberedFolders(modulesDir);
  const modules: CourseModule[] = [];
  const links = new Map<string, LessonLinks>();
  for (const folder of folders) {
    const read = await readModuleFolder(folder, links);
    problems.push(...read.problems);
    if (read.module !== null) modules.push(read.module);
  }
  if (folders.length === 0 && problems.length === 0) {
    const message = 'there is no module here; expected folders like `01-before-docker`';
    problems.push({ file: modulesDir, at: null, message, guide: guideAnchors.folders });
  }
  problems.push(...brokenLinks(links));
  // Whether a translation fits is asked of an original that is sound.
  if (problems.length > 0) throw new CourseInvalid(problems);
  const { languages, links: translated, problems: mistranslated } = await readLanguages(contentDir, modules);
  const inLanguages = [...mistranslated, ...brokenTranslatedLinks(translated, links)];
  if (inLanguages.length > 0) throw new CourseInvalid(inLanguages);
  return { contentDir, modules, languages };
}

async function readModuleFolder(
  { dir, number, slug }: NumberedFolder,
  links: Map<string, LessonLinks>,
): Promise<{ module: CourseModule | null; problems: Problem[] }> {
  const file = join(dir, 'module.yaml');
  const text = await readTextFile(file);
  const { folders, problems } = await numberedFolders(dir);
  const lessons: CourseLesson[] = [];
  for (const folder of folders) {
    const read = await readLessonFolder(slug, folder);
    problems.push(...read.problems);
    if (read.links !== null) links.set(`${slug}/${folder.slug}`, read.links);
    if (read.lesson !== null) lessons.push(read.lesson);
  }
  if (text === null) {
    problems.unshift({
      file,
      at: null,
      message: 'there is no such file; expected `title` and `summary` in it',
      guide: guideAnchors.module,
    });
    return { module: null, problems };
  }
  const parsed = parseYaml({ file, text, guide: () => guideAnchors.module }, moduleSchema);
  if (!parsed.ok) return { module: null, problems: [...parsed.problems, ...problems] };
  return { module: { slug, number, ...parsed.document.value, dir, lessons }, problems };
}
