/**
 * What must not be broken at the end of a line: browsers break behind a hyphen, and `-i` in two is no option any more. A
 * long path may be, or it would be cut off on a narrow screen.
 */
const unbrokenLength = 24;

/** Of a code span: its class, as `makeElement` and Astro take it. */
export function codeSpanClass(text: string): string {
  return /^\S+$/.test(text) && text.length <= unbrokenLength ? 'unbroken' : '';
}

/** An option by itself: `-i`, `--detach`. */
export function isOption(text: string): boolean {
  return /^--?[^-\s]\S*$/.test(text) && text.length <= unbrokenLength;
}

/** Splits code at its options, the spaces kept: `run `, `-i`, ` busybox`. */
export function splitAtOptions(code: string): string[] {
  return code.split(/(?<=^|\s)(--?[^-\s]\S*)(?=\s|$)/).filter((part) => part !== '');
}
