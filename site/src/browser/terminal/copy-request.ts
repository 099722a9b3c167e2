/** OSC 52: a program asks that something be put on the clipboard. What is on it is never told. */

const mostBytes = 64 * 1024;

/** The text that a program wants to copy; null for anything else, such as a question for what the clipboard holds. */
export function readCopyRequest(data: string): string | null {
  const payload = /^[cps0-7]*;([A-Za-z0-9+/]*={0,2})$/.exec(data)?.[1];
  if (!payload || payload.length > (mostBytes / 3) * 4) return null;
  try {
    const bytes = Uint8Array.from(atob(payload), (char) => char.charCodeAt(0));
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
