/** Where a lesson leads and what it shows: links, the anchors others may link to, and pictures. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { closest } from './closest.ts';
import { guideAnchors } from './guide.ts';
import { blanked, placeOf } from './lesson-text.ts';
import type { Problem } from './problem.ts';

export interface LessonLinks {
  /** The path of its `lesson.mdx`. */
  file: string;
  links: { target: string; at: { line: number; column: number } }[];
  /** Ids of its headings and exercises, as the page has them. */
  anchors: string[];
}

const guide = guideAnchors.links;

/** What a lesson links to and can be linked by; its pictures are judged at once, they lie beside it. */
export function readLinks(
  file: string,
  text: string,
  { pictureDirs = [dirname(file)] }: { pictureDirs?: readonly string[] } = {},
): LessonLinks & { problems: Problem[] } {
  const words = blanked(text);
  const links = [
    ...words.matchAll(/(?<!!)\[[^\]]*\]\(\s*<?([^\s)>]*)>?[^)]*\)|<a\b[^>]*\shref="([^"]*)"/g),
  ].map((link) => ({
    target: link[1] ?? link[2] ?? '',
    at: placeOf(text, link.index),
  }));
  const exercises = [...words.matchAll(/<Exercise\b[^>]*\sid="([^"]*)"/g)].map(([, id]) => `exercise-${id}`);
  return {
    file,
    links,
    anchors: [...headingAnchors(text, words), ...exercises],
    problems: pictureProblems({ file, text, words, pictureDirs }),
  };
}

/** As GitHub and Astro name them: letters, digits and hyphens; the second of a name gets `-1`. */
function headingAnchors(text: string, words: string): string[] {
  const taken = new Map<string, number>();
  return [...words.matchAll(/^#{1,6}[ \t]+(?=\S)/gm)].map(({ index, 0: marks }) => {
    const [title = ''] = text.slice(index + marks.length).split('\n');
    const plain = title.trim().replaceAll(/[`*]|\[([^\]]*)\]\([^)]*\)/g, '$1');
    const slug = plain
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\p{M}_\- ]/gu, '')
      .replaceAll(' ', '-');
    const count = taken.get(slug) ?? 0;
    taken.set(slug, count + 1);
    return count === 0 ? slug : `${slug}-${count}`;
  });
}

function pictureProblems(options: {
  file: string;
  text: string;
  words: string;
  pictureDirs: readonly string[];
}): Problem[] {
  const { file, text, words, pictureDirs } = options;
  const problems: Problem[] = [];
  const pictures = [
    ...[...words.matchAll(/!\[([^\]]*)\]\(\s*<?([^\s)>]*)/g)].map(({ index, 1: alt, 2: src }) => ({
      index,
      alt: alt!,
      src: src!,
    })),
    ...[...words.matchAll(/<(?:Figure|img)\b[^>]*>/g)].map(({ index, 0: tag }) => ({
      index,
      alt: attribute(tag, 'alt'),
      src: attribute(tag, 'src'),
    })),
  ];
  for (const { index, alt, src } of pictures) {
    const at = placeOf(text, index);
    if (alt === null || alt.trim() === '') {
      const message = 'the picture has no `alt`; expected what it says, for who cannot see it';
      problems.push({ file, at, message, guide });
    }
    if (src === null || src === '') {
      problems.push({
        file,
        at,
        message: 'the picture has no `src`; expected a file beside the lesson',
        guide,
      });
    } else if (/^[a-z]+:|^\//i.test(src)) {
      const message = `\`src\` is \`${src}\`; expected a file beside the lesson, like \`./jail.svg\`: a course works without the internet`;
      problems.push({ file, at, message, guide });
    } else if (!pictureDirs.some((dir) => existsSync(join(dir, src)))) {
      problems.push({
        file,
        at,
        message: `there is no file \`${src}\` beside the lesson; expected one`,
        guide,
      });
    }
  }
  return problems;
}

/** Null where it is absent; what braces hold is taken as it stands. */
function attribute(tag: string, name: string): string | null {
  const found = new RegExp(`\\s${name}=(?:"([^"]*)"|'([^']*)'|\\{([^}]*)\\})`).exec(tag);
  return found === null ? null : (found[1] ?? found[2] ?? found[3] ?? null);
}

/** Links of a translation that lead nowhere: other lessons are those of the course, headings are its own. */
export function brokenTranslatedLinks(
  translated: readonly LessonLinks[],
  lessons: ReadonlyMap<string, LessonLinks>,
): Problem[] {
  return translated.flatMap((lesson) => {
    const own = new Map([...lessons, ['this lesson', lesson] as const]);
    return lesson.links.flatMap(({ target, at }) => {
      // Headings of other lessons may be translated or not.
      const message = faultOfLink(target.replace(/^(\/.*)#.*$/, '$1'), 'this lesson', own);
      return message === null ? [] : [{ file: lesson.file, at, message, guide }];
    });
  });
}

/** Links between lessons that lead nowhere. `lessons` by id: `before-docker/chroot`. */
export function brokenLinks(lessons: ReadonlyMap<string, LessonLinks>): Problem[] {
  return [...lessons].flatMap(([id, lesson]) =>
    lesson.links.flatMap(({ target, at }) => {
      const message = faultOfLink(target, id, lessons);
      return message === null ? [] : [{ file: lesson.file, at, message, guide }];
    }),
  );
}

function faultOfLink(target: string, from: string, lessons: ReadonlyMap<string, LessonLinks>): string | null {
  if (/^(?:https?|mailto):/.test(target)) return null;
  const [, path, anchor] = /^([^#]*)(?:#(.*))?$/.exec(target)!;
  if (path === '/' && anchor === undefined) return null;
  const id = path === '' ? from : /^\/([a-z0-9-]+\/[a-z0-9-]+)\/$/.exec(path!)?.[1];
  const lesson = id === undefined ? undefined : lessons.get(id);
  if (lesson === undefined) {
    const meant = closest(
      path!,
      [...lessons.keys()].map((each) => `/${each}/`),
    );
    const hint = meant === null ? '' : `; did you mean \`${meant}\`?`;
    return `the link leads to \`${target}\`, where no lesson is; expected \`/MODULE/LESSON/\`, \`#heading\` or a whole address${hint}`;
  }
  if (anchor === undefined || lesson.anchors.includes(anchor)) return null;
  const meant = closest(anchor, lesson.anchors);
  const hint = meant === null ? '' : `; did you mean \`#${meant}\`?`;
  const known = lesson.anchors.map((each) => `\`#${each}\``).join(', ') || 'none';
  return `the link leads to \`#${anchor}\`, and the anchors of ${id} are: ${known}${hint}`;
}
