/** What the guest says on its serial line: results of checks, and that there are no more. */
export type CheckLine = { check: string; ms: number; failure?: string } | { end: true };

/** Null for anything else, such as a message of a program that died. */
export function parseCheckLine(text: string): CheckLine | null {
  if (!text.startsWith('{')) return null;
  try {
    return JSON.parse(text) as CheckLine;
  } catch {
    return null;
  }
}
