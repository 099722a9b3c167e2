/** A fenced block of a lesson, as Markdown has it. */
export interface Fence {
  /** Of the opening fence, from 1. */
  line: number;
  /** `sh`, or empty. */
  language: string;
  /** What follows the language. */
  meta: string;
  /** Without the fences, and without their indent. */
  lines: string[];
}

/**
 * Every fenced block of a lesson's text, in order: as the site counts them. One that is never closed reaches to the end, as
 * in Markdown. Comments are no part of the lesson; what they show is left out.
 */
export function fencesIn(text: string): Fence[] {
  const fences: Fence[] = [];
  let open: { fence: Fence; indent: number; mark: string } | null = null;
  for (const [index, line] of withoutComments(text).split(/\r?\n/).entries()) {
    const [, space = '', mark = '', info = ''] = /^([ \t]*)(`{3,}|~{3,})(.*)$/.exec(line) ?? [];
    if (open === null) {
      if (mark === '' || (mark.startsWith('`') && info.includes('`'))) continue;
      const [, language = '', meta = ''] = /^\s*([^\s{]*)\s*(.*?)\s*$/.exec(info) ?? [];
      open = { fence: { line: index + 1, language, meta, lines: [] }, indent: space.length, mark };
      fences.push(open.fence);
    } else if (mark.startsWith(open.mark) && info.trim() === '') {
      open = null;
    } else {
      open.fence.lines.push(withoutIndent(line, open.indent));
    }
  }
  return fences;
}

function withoutIndent(line: string, indent: number): string {
  return line.slice(Math.min(indent, /^[ \t]*/.exec(line)![0].length));
}

/** Outside fences only: a block may show a comment. Lines keep their numbers. */
function withoutComments(text: string): string {
  const shown = /^[ \t]*(?<fence>`{3,}|~{3,})[\s\S]*?^[ \t]*\k<fence>|\{\/\*[\s\S]*?\*\/\}/gm;
  return text.replaceAll(shown, (match) => (match.startsWith('{') ? match.replaceAll(/[^\n]/g, ' ') : match));
}
