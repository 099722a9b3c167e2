/** A lesson's own words: its text without what is only shown in it. */

/** Code and comments become spaces of the same length, so that what they show is not taken for the lesson's own. */
export function blanked(body: string): string {
  const shown = /^[ \t]*(?<fence>`{3,}|~{3,})[\s\S]*?^[ \t]*\k<fence>|\{\/\*[\s\S]*?\*\/\}|`[^`\n]*`/gm;
  return body.replaceAll(shown, (match) => match.replaceAll(/[^\n]/g, ' '));
}

/** From 1, of an offset in a text. */
export function placeOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: before.at(-1)!.length + 1 };
}
