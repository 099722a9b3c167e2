export type StickyKey = 'ctrl' | 'alt';

/** The Ctrl and Alt keys of a touch screen: pressed once, they apply to the next key. */
export class StickyKeys {
  readonly #held = new Set<StickyKey>();
  readonly #onChange: (held: ReadonlySet<StickyKey>) => void;

  constructor(onChange: (held: ReadonlySet<StickyKey>) => void) {
    this.#onChange = onChange;
  }

  toggle(key: StickyKey): void {
    if (!this.#held.delete(key)) this.#held.add(key);
    this.#onChange(this.#held);
  }

  /** What the next key becomes while one is held. Bytes, such as mouse reports, pass. */
  apply<T extends string | Uint8Array>(input: T): T | string {
    if (this.#held.size === 0 || typeof input !== 'string') return input;
    const held = new Set(this.#held);
    this.#held.clear();
    this.#onChange(this.#held);
    return modify(input, held);
  }
}

function modify(input: string, held: ReadonlySet<StickyKey>): string {
  // Arrow keys and their like say it in a number: CSI 1 ; modifier letter.
  // oxlint-disable-next-line no-control-regex -- an escape sequence is what is looked for
  const arrow = /^\u001b[[O]([A-DFH])$/.exec(input)?.[1];
  if (arrow) return `\u001b[1;${1 + (held.has('alt') ? 2 : 0) + (held.has('ctrl') ? 4 : 0)}${arrow}`;
  const control =
    held.has('ctrl') && /^[a-z@[\\\]^_ ]$/i.test(input)
      ? String.fromCharCode(input.toUpperCase().charCodeAt(0) & 0x1f)
      : input;
  return held.has('alt') ? `\u001b${control}` : control;
}
