const key = 'camp:viewer';
let name: string | null = null;

/** This page's name among those who look at a terminal: random, and the same after a reload. */
export function viewerName(): string {
  name ??= recallName() ?? makeName();
  return name;
}

function recallName(): string | null {
  try {
    // Taken while the page lives: a duplicate of it begins with a copy of its storage, and must not take its seat.
    const stored = sessionStorage.getItem(key);
    sessionStorage.removeItem(key);
    addEventListener('pagehide', () => sessionStorage.setItem(key, viewerName()));
    return stored !== null && /^[\w-]{8,64}$/.test(stored) ? stored : null;
  } catch {
    // Storage is refused: after a reload this is a new page.
    return null;
  }
}

function makeName(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}
