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

/** Every fenced block of a text, in order. One that is never closed reaches to the end, as in Markdown. */
export function fencesIn(text: string): Fence[] {
  const fences: Fence[] = [];
  let open: { fence: Fence; indent: number; mark: string } | null = null;
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const [, space = '', mark = '', info = ''] = /^([ \t]*)(`{3,}|~{3,})(.*)$/.exec(line) ?? [];
    if (open === null) {
      if (mark === '' || (mark.startsWith('`') && info.includes('`'))) continue;
      const [, language = '', meta = ''] = /^\s*(\S*)\s*(.*?)\s*$/.exec(info) ?? [];
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
