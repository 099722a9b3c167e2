import { SearchAddon } from '@xterm/addon-search';
import type { IBufferRange, Terminal } from '@xterm/xterm';
import { readColours } from './theme.ts';

/** Beyond so many matches only those near are marked. */
const mostMarked = 1_000;

/** Search in screen and scrollback. Part of the emulator's code, which is loaded when the first terminal opens. */
export class Search {
  readonly #terminal: Terminal;
  #matchedCase = false;
  /** Where the last match is, should the selection be lost: output that is drawn over it or a new size undoes that. */
  #last: { words: string; at: IBufferRange } | null = null;
  readonly #addon = new SearchAddon({ highlightLimit: mostMarked });

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
    terminal.loadAddon(this.#addon);
  }

  /** Returns whether there is a match. `here` looks from the bottom while the words are being typed; `before` and `after` go on from the last match. */
  find(words: string, { way, matchCase }: { way: 'here' | 'before' | 'after'; matchCase: boolean }): boolean {
    // The addon keeps what it marked for the same words, also where case begins to count.
    if (words === '' || matchCase !== this.#matchedCase) this.stop();
    this.#matchedCase = matchCase;
    if (words === '') return false;
    const { found, here } = readColours({ found: '--term-found', here: '--term-found-here' });
    const options = {
      caseSensitive: matchCase,
      decorations: {
        matchBackground: toHex(found),
        activeMatchBackground: toHex(here),
        matchOverviewRuler: toHex(found),
        activeMatchColorOverviewRuler: toHex(here),
      },
    };
    if (way === 'here') this.#terminal.clearSelection();
    else this.#selectLast(words);
    const isFound =
      way === 'after' ? this.#addon.findNext(words, options) : this.#addon.findPrevious(words, options);
    const at = this.#terminal.getSelectionPosition();
    this.#last = isFound && at !== undefined ? { words, at } : null;
    return isFound;
  }

  #selectLast(words: string): void {
    if (this.#last?.words !== words || this.#terminal.hasSelection()) return;
    const { start } = this.#last.at;
    if (start.y < this.#terminal.buffer.active.length) this.#terminal.select(start.x, start.y, words.length);
  }

  stop(): void {
    this.#last = null;
    this.#addon.clearDecorations();
  }

  /** `at` counts from 0; -1 where there are too many to count. */
  onCount(listener: (at: number, count: number) => void): () => void {
    const subscription = this.#addon.onDidChangeResults(({ resultIndex, resultCount }) =>
      listener(resultIndex, resultCount),
    );
    return () => subscription.dispose();
  }
}

/** The emulator takes colours as `#rrggbb` only; the browser gives `rgb(r, g, b)`. */
function toHex(computed: string): string {
  const channels = computed.match(/\d+/g)?.slice(0, 3) ?? [];
  return `#${channels.map((channel) => Number(channel).toString(16).padStart(2, '0')).join('')}`;
}
