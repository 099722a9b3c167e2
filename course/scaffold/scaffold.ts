import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CodedError } from '../../protocol/errors.ts';
import { slugSchema } from '../../protocol/ids.ts';
import { closest } from '../closest.ts';
import { numberedFolders, type NumberedFolder } from '../numbered-folder.ts';
import { exerciseFiles } from './exercise-files.ts';
import { lessonFiles } from './lesson-files.ts';
import { moduleFiles } from './module-files.ts';
import { placed } from './placement.ts';

export const scaffoldKinds = ['module', 'lesson', 'exercise'] as const;
export type ScaffoldKind = (typeof scaffoldKinds)[number];

/** What a name looks like, by kind. */
export const nameForms: Record<ScaffoldKind, string> = {
  module: 'MODULE',
  lesson: 'MODULE/LESSON',
  exercise: 'MODULE/LESSON/EXERCISE',
};

export interface ScaffoldOptions {
  contentDir: string;
  kind: ScaffoldKind;
  /** `before-docker/chroot/a-jail`: the last word is new, those before it exist. */
  name: string;
}

/**
 * Writes a module, lesson or exercise that is valid as it stands, behind the last of its kind; resolves with the paths of
 * what was written or changed, the first to be opened first. Throws USAGE for a name that is none, is taken or has no
 * place.
 */
export async function scaffold({ contentDir, kind, name }: ScaffoldOptions): Promise<string[]> {
  const slugs = slugsOf(kind, name);
  const slug = slugs.at(-1)!;
  const parent = await parentOf(contentDir, slugs.slice(0, -1));
  const siblingsDir = kind === 'exercise' ? join(parent, 'exercises') : parent;
  const { folders } = await numberedFolders(siblingsDir);
  const taken = folders.find((folder) => folder.slug === slug);
  if (taken !== undefined) throw usage(`${name} exists: ${taken.dir}; expected a new name`);
  const number = Math.max(0, ...folders.map((folder) => folder.number)) + 1;
  if (number > 99) throw usage(`${siblingsDir} has a folder 99; expected numbers up to 99`);
  const padded = kind === 'exercise' ? String(number) : String(number).padStart(2, '0');
  const dir = join(siblingsDir, `${padded}-${slug}`);
  const lesson = join(parent, 'lesson.mdx');
  const lessonText = kind === 'exercise' ? placed(await readFile(lesson, 'utf8'), slug) : null;
  const written = await writeAll(dir, filesOf(kind, slug));
  if (lessonText === null) return written;
  await writeFile(lesson, lessonText);
  return [...written, lesson];
}

function filesOf(kind: ScaffoldKind, slug: string): Record<string, string> {
  const title = slug.charAt(0).toUpperCase() + slug.slice(1).replaceAll('-', ' ');
  // The schema asks for titles of at least three characters.
  const about = { slug, title: title.padEnd(3, '.') };
  if (kind === 'module') return moduleFiles(about);
  return kind === 'lesson' ? lessonFiles(about) : exerciseFiles(about);
}

function slugsOf(kind: ScaffoldKind, name: string): string[] {
  const slugs = name.split('/');
  const form = nameForms[kind];
  if (slugs.length !== form.split('/').length) {
    throw usage(`the name of a new ${kind} is ${name}; expected ${form}, like ${examples[kind]}`);
  }
  for (const slug of slugs) {
    if (slugSchema.safeParse(slug).success && slug.length <= 50) continue;
    throw usage(
      `${slug === '' ? 'an empty word' : slug} is no name; expected at most 50 lower-case letters and digits, words joined by hyphens, like ${examples[kind]}`,
    );
  }
  return slugs;
}

const examples: Record<ScaffoldKind, string> = {
  module: 'before-docker',
  lesson: 'before-docker/chroot',
  exercise: 'before-docker/chroot/a-jail',
};

async function parentOf(contentDir: string, slugs: readonly string[]): Promise<string> {
  let dir = join(contentDir, 'modules');
  for (const [index, slug] of slugs.entries()) {
    const { folders } = await numberedFolders(dir);
    dir = existing(folders, slug, index === 0 ? 'module' : 'lesson').dir;
  }
  return dir;
}

function existing(folders: readonly NumberedFolder[], slug: string, kind: string): NumberedFolder {
  const found = folders.find((folder) => folder.slug === slug);
  if (found !== undefined) return found;
  const slugs = folders.map((folder) => folder.slug);
  const meant = closest(slug, slugs);
  const hint = meant === null ? '' : `; did you mean ${meant}?`;
  const expected = slugs.length === 0 ? 'there is none yet' : `expected one of ${slugs.join(', ')}`;
  throw usage(`there is no ${kind} ${slug}; ${expected}${hint}`);
}

/** All or nothing. */
async function writeAll(dir: string, files: Record<string, string>): Promise<string[]> {
  await mkdir(dirname(dir), { recursive: true });
  await mkdir(dir);
  try {
    for (const [name, text] of Object.entries(files)) await writeFile(join(dir, name), text);
  } catch (error) {
    await rm(dir, { recursive: true, force: true });
    throw error;
  }
  return Object.keys(files).map((name) => join(dir, name));
}

function usage(message: string): CodedError {
  return new CodedError('USAGE', message);
}
