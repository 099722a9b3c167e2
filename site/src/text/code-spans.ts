export interface TextPart {
  kind: 'text' | 'code';
  text: string;
}

/**
 * Splits a sentence at its Markdown code spans: `` Run `ls -l` now. `` is text, code, text. Everything else in it is
 * plain text, also what looks like markup: sentences quote what learners typed.
 */
export function splitCodeSpans(sentence: string): TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of sentence.matchAll(/(`+)(?!`)(.+?)(?<!`)\1(?!`)/gs)) {
    if (match.index > end) parts.push({ kind: 'text', text: sentence.slice(end, match.index) });
    parts.push({ kind: 'code', text: trimPadding(match[2] ?? '') });
    end = match.index + match[0].length;
  }
  if (end < sentence.length) parts.push({ kind: 'text', text: sentence.slice(end) });
  return parts;
}

/** CommonMark: one space on both sides is padding, so that a span can begin or end with a backtick. */
function trimPadding(code: string): string {
  return /^ .*[^ ].* $|^ [^ ] $/s.test(code) ? code.slice(1, -1) : code;
}
