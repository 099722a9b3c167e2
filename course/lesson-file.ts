import { lessonFrontmatterSchema, type LessonFrontmatter } from '../protocol/lesson.ts';
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

/** Reads a `lesson.mdx`: its frontmatter, and where it places exercises. The words in between are Astro's to judge. */
export function parseLesson(file: string, text: string): LessonFile {
  const problems: Problem[] = [];
  const opening = /^---[ \t]*\r?\n/.exec(text);
  const closing = opening === null ? null : /^---[ \t]*$/m.exec(text.slice(opening[0].length));
  let frontmatter: LessonFrontmatter | null = null;
  let bodyStart = 0;
  if (opening === null || closing === null) {
    const found =
      opening === null ? 'the file does not begin with frontmatter' : 'the frontmatter is never closed';
    const message = `${found}; expected \`title\`, \`summary\` and \`minutes\` between two lines of \`---\``;
    problems.push({ file, at: { line: 1, column: 1 }, message });
  } else {
    bodyStart = opening[0].length + closing.index + closing[0].length;
    const yaml = text.slice(opening[0].length, opening[0].length + closing.index);
    const parsed = parseYaml({ file, text: yaml, linesBefore: 1 }, lessonFrontmatterSchema);
    if (parsed.ok) frontmatter = parsed.document.value;
    else problems.push(...parsed.problems);
  }
  const { placements, problems: misplaced } = placementsIn(file, text, bodyStart);
  const { problems: mismarked } = commandBlocksIn(file, text);
  return { frontmatter, placements, problems: [...problems, ...misplaced, ...mismarked] };
}

function placementsIn(
  file: string,
  text: string,
  bodyStart: number,
): { placements: Placement[]; problems: Problem[] } {
  const placements: Placement[] = [];
  const problems: Problem[] = [];
  const body = blanked(text.slice(bodyStart));
  for (const tag of body.matchAll(/<Exercise\b[^>]*>/g)) {
    const before = text.slice(0, bodyStart + tag.index).split('\n');
    const at = { line: before.length, column: before.at(-1)!.length + 1 };
    const slug = /\sid=(?:"([^"]*)"|'([^']*)')/.exec(tag[0]);
    if (slug === null) {
      problems.push({ file, at, message: 'this has no id in quotes; expected `<Exercise id="a-jail" />`' });
    } else {
      placements.push({ slug: slug[1] ?? slug[2] ?? '', ...at });
    }
  }
  return { placements, problems };
}

/** Code and comments become spaces of the same length, so that what they show is not taken for the lesson's own. */
function blanked(body: string): string {
  const shown = /^(?<fence>`{3,}|~{3,})[\s\S]*?^\k<fence>|\{\/\*[\s\S]*?\*\/\}|`[^`\n]*`/gm;
  return body.replaceAll(shown, (match) => match.replaceAll(/[^\n]/g, ' '));
}
