/** How characters look, as xterm.js keeps it of a cell and of what is printed next, and as the SGR sequence that says so. */
import type { IBufferCell } from '@xterm/headless';

export interface Pen extends Pick<
  IBufferCell,
  | 'isBold'
  | 'isDim'
  | 'isItalic'
  | 'isBlink'
  | 'isInverse'
  | 'isInvisible'
  | 'isStrikethrough'
  | 'isOverline'
  | 'getFgColor'
  | 'getFgColorMode'
  | 'getBgColor'
  | 'getBgColorMode'
> {
  fg: number;
  bg: number;
  /** `_ext`: style and colour of the line below, which its public getters change within a hyperlink. */
  extended: { _ext: number; urlId: number };
}

/** All that tells one pen from another. */
export interface Look {
  /** Unsigned: its highest bit strikes text through. */
  fg: number;
  bg: number;
  /** Style and colour of the line below the text. */
  underline: number;
  /** Of a hyperlink; 0 for none. */
  urlId: number;
}

export const plainLook: Look = { fg: 0, bg: 0, underline: 0, urlId: 0 };

/** Of `fg`: text is underlined, and not just part of a hyperlink. */
const underlineFlag = 0x10000000;
/** Of `bg`: what is in `extended` counts. */
const extendedFlag = 0x10000000;
const colourBits = 0x3ffffff;
const underlineStyleBits = 0x1c000000;
const colourModes = { palette16: 0x1000000, rgb: 0x3000000 } as const;

export function hasLook({ fg, bg, extended }: Pen, look: Look): boolean {
  if (fg >>> 0 !== look.fg || bg !== look.bg) return false;
  return (
    (bg & extendedFlag) === 0 ||
    (extended.urlId === look.urlId && underlineOf({ fg, extended }) === look.underline)
  );
}

export function lookOf({ fg, bg, extended }: Pen): Look {
  const look = { ...plainLook, fg: fg >>> 0, bg };
  if ((bg & extendedFlag) === 0) return look;
  return { ...look, underline: underlineOf({ fg, extended }), urlId: extended.urlId };
}

function underlineOf({ fg, extended }: Pick<Pen, 'fg' | 'extended'>): number {
  return (fg & underlineFlag) === 0 ? 0 : extended._ext & (underlineStyleBits | colourBits);
}

/** As far as a saved cursor tells. */
export function isWithinLink({ fg, bg }: Pen): boolean {
  return (bg & extendedFlag) !== 0 && (fg & underlineFlag) === 0;
}

/** Of a cell without a character only the colour behind it shows. 0: the terminal's own. */
export function backgroundOf({ bg }: Pen): number {
  return bg & colourBits;
}

/** Makes it so, whatever was before; but for a hyperlink. */
export function penText(pen: Pen): string {
  const codes: (string | null)[] = [
    pen.isBold() ? '1' : null,
    pen.isDim() ? '2' : null,
    pen.isItalic() ? '3' : null,
    ...((pen.fg & underlineFlag) === 0 ? [] : underlineCodes(pen)),
    pen.isBlink() ? '5' : null,
    pen.isInverse() ? '7' : null,
    pen.isInvisible() ? '8' : null,
    pen.isStrikethrough() ? '9' : null,
    pen.isOverline() ? '53' : null,
    colourCode(30, pen.getFgColorMode(), pen.getFgColor()),
    colourCode(40, pen.getBgColorMode(), pen.getBgColor()),
  ];
  return sgr(codes);
}

/** As `penText`, of what is behind the text alone. */
export function backgroundText(pen: Pen): string {
  return sgr([colourCode(40, pen.getBgColorMode(), pen.getBgColor())]);
}

/** Begins by resetting all. */
function sgr(codes: (string | null)[]): string {
  return `\x1b[${['', ...codes.filter((code) => code !== null)].join(';')}m`;
}

function underlineCodes({ bg, extended }: Pen): (string | null)[] {
  if ((bg & extendedFlag) === 0) return ['4'];
  // Of a saved cursor only the flag is known.
  const style = (extended._ext & underlineStyleBits) >> 26 || 1;
  return [`4:${style}`, underlineColourCode(extended._ext)];
}

/** What it would be if text were underlined, where it is not. */
export function unusedUnderlineText({ fg, extended }: Pen): string {
  const code = (fg & underlineFlag) === 0 ? underlineColourCode(extended._ext) : null;
  return code === null ? '' : `\x1b[${code}m`;
}

function underlineColourCode(ext: number): string | null {
  return colourCode(50, ext & colourModes.rgb, ext & 0xffffff);
}

/** `base`: 30 for the text, 40 for what is behind it, 50 for the line below. Null for the terminal's own colour. */
function colourCode(base: 30 | 40 | 50, mode: number, value: number): string | null {
  if (mode === 0) return null;
  if (mode === colourModes.rgb)
    return `${base + 8};2;${(value >> 16) & 0xff};${(value >> 8) & 0xff};${value & 0xff}`;
  if (mode === colourModes.palette16 && base !== 50)
    return String((value & 8 ? base + 60 : base) + (value & 7));
  return `${base + 8};5;${value & 0xff}`;
}
