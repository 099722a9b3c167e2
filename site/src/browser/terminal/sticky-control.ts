/** The Ctrl key of a touch screen: pressed once, it applies to the next key. */
export class StickyControl {
  #on = false;
  readonly #onChange: (on: boolean) => void;

  constructor(onChange: (on: boolean) => void) {
    this.#onChange = onChange;
  }

  toggle(): void {
    this.#set(!this.#on);
  }

  /** Turns a letter into its control character while on. Everything else passes. */
  apply<T extends string | Uint8Array>(input: T): T | string {
    if (!this.#on || typeof input !== 'string') return input;
    this.#set(false);
    return /^[a-z@[\\\]^_]$/i.test(input)
      ? String.fromCharCode(input.toUpperCase().charCodeAt(0) & 0x1f)
      : input;
  }

  #set(on: boolean): void {
    this.#on = on;
    this.#onChange(on);
  }
}
