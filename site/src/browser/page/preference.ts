/** What this browser remembers between pages. A browser that refuses storage forgets, and all else works. */
export type PreferenceName =
  'theme' | 'split' | 'last-lesson' | 'screen-reader' | 'announce-results' | 'terminal-text-size' | 'desk';

export function recall(name: PreferenceName): string | null {
  try {
    return localStorage.getItem(`camp:${name}`);
  } catch {
    return null;
  }
}

/** `null` forgets. */
export function remember(name: PreferenceName, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(`camp:${name}`);
    else localStorage.setItem(`camp:${name}`, value);
  } catch {
    // Storage is refused or full: nothing depends on it.
  }
}
