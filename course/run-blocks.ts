import { digestOf, shellLanguages, stripPrompts } from '../protocol/run-block.ts';

/** A block of a lesson that has a Run button. */
export interface RunBlock {
  /** Among all fenced blocks of the lesson, from 0: as the site counts them. */
  index: number;
  /** What is typed: prompts stripped. */
  commands: string;
  digest: string;
}

/** A fence may be indented, as in a list; it ends at a fence of at least its length, or with the text. */
const opening = /^(?<indent>[ \t]*)(?<fence>`{3,}|~{3,})[ \t]*(?<language>[^\s`{]*)(?<meta>[^`\n]*)$/;

/** Reads the body of a `lesson.mdx`. Comments are no part of it; what they show is not counted. */
export function runBlocksOf(text: string): RunBlock[] {
  const found: RunBlock[] = [];
  const lines = withoutComments(text).split(/\r?\n/);
  let index = 0;
  for (let at = 0; at < lines.length; at += 1) {
    const start = opening.exec(lines[at] ?? '')?.groups;
    if (!start) continue;
    const { indent = '', fence = '', language = '', meta = '' } = start;
    const closing = new RegExp(`^[ \\t]*${fence[0]}{${fence.length},}[ \\t]*$`);
    const code: string[] = [];
    for (at += 1; at < lines.length && !closing.test(lines[at] ?? ''); at += 1)
      code.push(unindent(lines[at] ?? '', indent.length));
    if (shellLanguages.includes(language) && isRun(meta)) {
      const commands = stripPrompts(code.join('\n'));
      found.push({ index, commands, digest: digestOf(commands) });
    }
    index += 1;
  }
  return found;
}

/** `run` as a word of its own: `title="run it"` is none. */
function isRun(meta: string): boolean {
  return /(?:^|\s)run(?:\s|$)/.test(meta.replaceAll(/"[^"]*"|'[^']*'|\{[^}]*\}/g, ''));
}

function unindent(line: string, columns: number): string {
  let start = 0;
  while (start < columns && (line[start] === ' ' || line[start] === '\t')) start += 1;
  return line.slice(start);
}

/** Outside fences only: a block may show a comment. */
function withoutComments(text: string): string {
  const shown = /^[ \t]*(?<fence>`{3,}|~{3,})[\s\S]*?^[ \t]*\k<fence>|\{\/\*[\s\S]*?\*\/\}/gm;
  return text.replaceAll(shown, (match) => (match.startsWith('{') ? match.replaceAll(/[^\n]/g, ' ') : match));
}
