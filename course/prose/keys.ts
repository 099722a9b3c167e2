const named: Record<string, string> = {
  enter: '\r',
  escape: '\u001b',
  tab: '\t',
  space: ' ',
  up: '\u001b[A',
  down: '\u001b[B',
};

export const keyNames = Object.keys(named);

/** What a terminal sends for a key such as `ctrl-c`, `enter` or `q`; null for what is none. */
export function keyBytes(key: string): string | null {
  const [, letter] = /^ctrl-([a-z])$/.exec(key) ?? [];
  if (letter !== undefined) return String.fromCharCode(letter.charCodeAt(0) - 96);
  if (Object.hasOwn(named, key)) return named[key]!;
  return /^[\x21-\x7e]$/.test(key) ? key : null;
}
