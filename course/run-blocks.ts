import { digestOf, shellLanguages, stripPrompts } from '../protocol/run-block.ts';
import { fencesIn } from './fence.ts';

/** A block of a lesson that has a Run button. */
export interface RunBlock {
  /** Among all fenced blocks of the lesson, from 0: as the site counts them. */
  index: number;
  /** What is typed: prompts stripped. */
  commands: string;
  digest: string;
}

/** Reads the body of a `lesson.mdx`. */
export function runBlocksOf(text: string): RunBlock[] {
  return fencesIn(text).flatMap(({ language, meta, lines }, index) => {
    if (!shellLanguages.includes(language) || !isRun(meta)) return [];
    const commands = stripPrompts(lines.join('\n'));
    return [{ index, commands, digest: digestOf(commands) }];
  });
}

/** `run` as a word of its own: `title="run it"` is none. */
function isRun(meta: string): boolean {
  return /(?:^|\s)run(?:\s|$)/.test(meta.replaceAll(/"[^"]*"|'[^']*'|\{[^}]*\}/g, ''));
}
