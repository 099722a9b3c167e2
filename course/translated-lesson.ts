/** Whether a translated lesson still fits its original: only the words between commands and exercises are others. */
import { readFile } from 'node:fs/promises';
import type { CourseLesson } from './course.ts';
import { fencesIn } from './fence.ts';
import { guideAnchors } from './guide.ts';
import { componentFaults } from './lesson-components.ts';
import { placementsIn } from './lesson-file.ts';
import { markupFaults } from './lesson-markup.ts';
import type { Problem } from './problem.ts';
import { commandBlocksIn, type CommandBlock } from './prose/command-block.ts';

const guide = guideAnchors.languages;

export interface TranslatedLesson {
  /** The path of the translation. */
  file: string;
  text: string;
  /** Where its frontmatter ends. */
  bodyStart: number;
  /** The original. */
  lesson: CourseLesson;
}

/** The commands and the exercises must be those of the original, in its order. */
export async function translationFaults(translation: TranslatedLesson): Promise<Problem[]> {
  const original = await readFile(translation.lesson.file, 'utf8');
  const commands = commandFaults(translation, original);
  return [
    ...commands,
    // A block that is lacking is named once.
    ...(commands.length === 0 ? blockFaults(translation, original) : []),
    ...exerciseFaults(translation),
    ...componentFaults(translation.file, translation.text, translation.bodyStart),
    ...markupFaults(translation.file, translation.text, translation.bodyStart),
  ];
}

function commandFaults({ file, text, lesson }: TranslatedLesson, original: string): Problem[] {
  const blocks = commandBlocksIn(file, text).blocks;
  const wanted = commandBlocksIn(file, original).blocks;
  const index = wanted.findIndex(
    (block, at) => JSON.stringify(typed(block)) !== JSON.stringify(typed(blocks[at])),
  );
  if (index === -1 && blocks.length <= wanted.length) return [];
  const at = { line: blocks[index]?.line ?? blocks.at(-1)?.line ?? 1, column: 1 };
  const expected = wanted[index]?.lines.join('; ');
  const what = expected === undefined ? 'no further one' : `\`${expected}\`, marked as it is there`;
  const message = `the shell blocks differ from those of ${lesson.file}; expected ${what}`;
  return [{ file, at, message, guide }];
}

function typed(block: CommandBlock | undefined): unknown {
  return block === undefined
    ? null
    : { lines: block.lines, exits: block.exits, keys: block.keys, unproven: block.unproven === null };
}

/** The Run buttons find their commands by the place of the block among all blocks, transcripts included. */
function blockFaults({ file, text, lesson }: TranslatedLesson, original: string): Problem[] {
  const blocks = fencesIn(text);
  const wanted = fencesIn(original);
  const length = Math.max(blocks.length, wanted.length);
  const index = Array.from({ length }, (_, at) => at).find(
    (at) => blocks[at]?.language !== wanted[at]?.language,
  );
  if (index === undefined) return [];
  const at = { line: (blocks[index] ?? blocks.at(-1))?.line ?? 1, column: 1 };
  const name = (fence: { language: string } | undefined): string =>
    fence === undefined ? 'none' : `one of \`${fence.language || 'plain text'}\``;
  const message =
    `block ${index + 1} of the lesson is ${name(blocks[index])}; expected ${name(wanted[index])}, as in ` +
    `${lesson.file}, because Run finds its commands by their place`;
  return [{ file, at, message, guide }];
}

function exerciseFaults({ file, text, bodyStart, lesson }: TranslatedLesson): Problem[] {
  const slugs = placementsIn(file, text, bodyStart).placements.map(({ slug }) => slug);
  const isMissing = lesson.exercises.some(({ slug }) => !slugs.includes(slug));
  if (!isMissing && slugs.length === lesson.exercises.length) return [];
  const names = lesson.exercises.map(({ slug }) => `\`${slug}\``).join(', ') || 'none';
  const message = `it places ${slugs.length} exercises; expected those of the original, each once: ${names}`;
  return [{ file, at: null, message, guide }];
}
