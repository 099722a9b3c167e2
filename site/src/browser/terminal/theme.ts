import type { ITheme } from '@xterm/xterm';

const colours = {
  background: '--term-paper',
  foreground: '--term-ink',
  cursor: '--term-cursor',
  cursorAccent: '--term-paper',
  selectionBackground: '--term-selection',
  scrollbarSliderBackground: '--term-scroll',
  scrollbarSliderHoverBackground: '--term-scroll-strong',
  scrollbarSliderActiveBackground: '--term-scroll-strong',
  black: '--term-black',
  red: '--term-red',
  green: '--term-green',
  yellow: '--term-yellow',
  blue: '--term-blue',
  magenta: '--term-magenta',
  cyan: '--term-cyan',
  white: '--term-white',
  brightBlack: '--term-bright-black',
  brightRed: '--term-bright-red',
  brightGreen: '--term-bright-green',
  brightYellow: '--term-bright-yellow',
  brightBlue: '--term-bright-blue',
  brightMagenta: '--term-bright-magenta',
  brightCyan: '--term-bright-cyan',
  brightWhite: '--term-bright-white',
} as const satisfies Partial<Record<keyof ITheme, string>>;

/** The terminal's colours in the page's present scheme. */
export function readTerminalTheme(): ITheme {
  return readColours(colours);
}

/** Colours of the page by their variables. Read through an element, since only then is light-dark() resolved. */
export function readColours<T extends Record<string, string>>(variables: T): Record<keyof T, string> {
  const probe = document.body.appendChild(document.createElement('span'));
  try {
    const style = getComputedStyle(probe);
    const read = Object.entries(variables).map(([name, variable]) => {
      probe.style.color = `var(${variable})`;
      return [name, style.color];
    });
    return Object.fromEntries(read) as Record<keyof T, string>;
  } finally {
    probe.remove();
  }
}

/** Calls back when the page changes between light and dark. */
export function watchScheme(callback: () => void): () => void {
  const query = matchMedia('(prefers-color-scheme: dark)');
  const observer = new MutationObserver(callback);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  query.addEventListener('change', callback);
  return () => {
    observer.disconnect();
    query.removeEventListener('change', callback);
  };
}
