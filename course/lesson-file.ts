import type { z } from 'zod';
import { lessonFrontmatterSchema, type LessonFrontmatter } from '../protocol/lesson.ts';
import { guideAnchors } from './guide.ts';
import { componentFaults } from './lesson-components.ts';
import { markupFaults } from './lesson-markup.ts';
import { blanked, placeOf } from './lesson-text.ts';
import type { Problem } from './problem.ts';
import { commandBlocksIn } from './prose/command-block.ts';
import { parseYaml } from './yaml-document.ts';

/** An `<Exercise id="a-jail" />` in a lesson. */
export interface Placement {
  slug: string;
  line: number;
  column: number;
}

export interface LessonFile {
  frontmatter: LessonFrontmatter | null;
  placements: Placement[];
  problems: Problem[];
}

const guide = guideAnchors.lesson;

/** Reads a `lesson.mdx`: its frontmatter, and where it places exercises. The words in between are Astro's to judge. */
export function parseLesson(file: string, text: string): LessonFile {
  const { frontmatter, bodyStart, problems } = parseFrontmatter(file, text, lessonFrontmatterSchema);
  const { placements, problems: misplaced } = placementsIn(file, text, bodyStart);
  const { problems: mismarked } = commandBlocksIn(file, text);
  const unknown = componentFaults(file, text, bodyStart);
  const unreadable = markupFaults(file, text, bodyStart);
  const faults = [...problems, ...misplaced, ...unknown, ...unreadable, ...mismarked];
  return { frontmatter, placements, problems: faults };
}

/** What stands between two lines of `---`, by a schema; `bodyStart` is where the words begin. */
export function parseFrontmatter<S extends z.ZodObject>(
  file: string,
  text: string,
  schema: S,
): { frontmatter: z.output<S> | null; bodyStart: number; problems: Problem[] } {
  const opening = /^---[ \t]*\r?\n/.exec(text);
  const closing = opening === null ? null : /^---[ \t]*$/m.exec(text.slice(opening[0].length));
  if (opening === null || closing === null) {
    const found =
      opening === null ? 'the file does not begin with frontmatter' : 'the frontmatter is never closed';
    const keys = Object.keys(schema.shape).map((key) => `\`${key}\``);
    const expected = `${keys.slice(0, -1).join(', ')} and ${keys.at(-1)}`;
    const message = `${found}; expected ${expected} between two lines of \`---\``;
    return {
      frontmatter: null,
      bodyStart: 0,
      problems: [{ file, at: { line: 1, column: 1 }, message, guide }],
    };
  }
  const bodyStart = opening[0].length + closing.index + closing[0].length;
  const yaml = text.slice(opening[0].length, opening[0].length + closing.index);
  const parsed = parseYaml({ file, text: yaml, linesBefore: 1, guide: () => guide }, schema);
  if (!parsed.ok) return { frontmatter: null, bodyStart, problems: parsed.problems };
  return { frontmatter: parsed.document.value, bodyStart, problems: [] };
}

/** Where a lesson's words place its exercises. */
export function placementsIn(
  file: string,
  text: string,
  bodyStart: number,
): { placements: Placement[]; problems: Problem[] } {
  const placements: Placement[] = [];
  const problems: Problem[] = [];
  const body = blanked(text.slice(bodyStart));
  for (const tag of body.matchAll(/<Exercise\b[^>]*>/g)) {
    const at = placeOf(text, bodyStart + tag.index);
    const slug = /\sid=(?:"([^"]*)"|'([^']*)')/.exec(tag[0]);
    if (slug === null) {
      const message = 'this has no id in quotes; expected `<Exercise id="a-jail" />`';
      problems.push({ file, at, message, guide });
    } else {
      placements.push({ slug: slug[1] ?? slug[2] ?? '', ...at });
    }
  }
  return { placements, problems };
}
