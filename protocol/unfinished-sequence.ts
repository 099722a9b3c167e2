/**
 * Follows a byte stream as a terminal's parser does, as far as is needed to know which bytes at its end belong to a
 * character or control sequence that is not complete yet. A snapshot of the screen knows nothing of these; sent after it,
 * they bring another parser into the same state. Free of imports: portal and browser bundle both use it. States: ECMA-48, and the DEC parser of vt100.net.
 */

/** An endless string (OSC, DCS ...) is not gathered beyond this; its opener stands for it, its text is lost. */
const maxKeptBytes = 4096;

const escape = 0x1b;
/** The letters that open a string after ESC: DCS, SOS, OSC, PM, APC. Their C1 forms are 0x40 above. */
const stringOpeners = new Set([0x50, 0x58, 0x5d, 0x5e, 0x5f]);
const oscOpener = 0x5d;

type State = 'ground' | 'character' | 'escape' | 'csi' | 'string';

export class UnfinishedSequence {
  #state: State = 'ground';
  #kept: number[] = [];
  /** As much of `kept` as brings a parser into the state; null while it is all of it. */
  #opener: number[] | null = null;
  #charactersLeft = 0;
  #isOsc = false;
  #previous = 0;

  push(bytes: Uint8Array): void {
    for (const byte of bytes) {
      if (this.#state === 'ground' && byte < 0xc2 && byte !== escape) continue;
      this.#state = this.#next(byte);
      if (this.#state === 'ground') this.#kept = [];
      else if (this.#kept.length < maxKeptBytes) this.#kept.push(byte);
      this.#previous = byte;
    }
  }

  /** Nothing is open. */
  get isNone(): boolean {
    return this.#state === 'ground';
  }

  /** Empty when nothing is open. */
  bytes(): Uint8Array {
    return Uint8Array.from(this.#kept.length < maxKeptBytes ? this.#kept : (this.#opener ?? []));
  }

  #next(byte: number): State {
    if (byte === escape) return this.#begin('escape');
    // CAN and SUB break off whatever there is.
    if (byte === 0x18 || byte === 0x1a) return 'ground';
    switch (this.#state) {
      case 'ground':
        return this.#nextInGround(byte);
      case 'character':
        return this.#nextInCharacter(byte);
      case 'escape':
        return this.#nextInEscape(byte);
      case 'csi':
        return byte >= 0x40 && byte <= 0x7e ? 'ground' : 'csi';
      case 'string':
        return this.#endsString(byte) ? 'ground' : 'string';
    }
  }

  #begin(state: State): State {
    this.#kept = [];
    this.#opener = null;
    return state;
  }

  #nextInGround(byte: number): State {
    if (byte < 0xc2 || byte > 0xf4) return 'ground';
    this.#charactersLeft = byte >= 0xf0 ? 3 : byte >= 0xe0 ? 2 : 1;
    return this.#begin('character');
  }

  #nextInCharacter(byte: number): State {
    if (byte < 0x80 || byte > 0xbf) return this.#nextInGround(byte);
    this.#charactersLeft -= 1;
    if (this.#charactersLeft > 0) return 'character';
    const isC1 = this.#previous === 0xc2 && this.#kept.length === 1 && byte < 0xa0;
    return isC1 ? this.#open(byte - 0x40, byte) : 'ground';
  }

  #nextInEscape(byte: number): State {
    if (byte < 0x30) return 'escape';
    return this.#open(byte, byte);
  }

  #open(letter: number, byte: number): State {
    if (letter !== 0x5b && !stringOpeners.has(letter)) return 'ground';
    this.#opener = [...this.#kept, byte];
    this.#isOsc = letter === oscOpener;
    return letter === 0x5b ? 'csi' : 'string';
  }

  /** Besides ESC: BEL ends an OSC, and C1's ST (C2 9C in UTF-8) ends any. */
  #endsString(byte: number): boolean {
    return (byte === 0x07 && this.#isOsc) || (byte === 0x9c && this.#previous === 0xc2);
  }
}
