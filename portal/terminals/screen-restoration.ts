/**
 * A terminal's screen as text that brings another terminal to it, exactly: what is to be seen, and the state that decides
 * what will be. Most of that state cannot be read through the public interface of xterm.js; `screen.test.ts` fails if a
 * new release moves it.
 */
import type { IBuffer, IBufferLine, Terminal } from '@xterm/headless';
import { hasLook, isWithinLink, lookOf, unusedUnderlineText, type Pen } from './pen.ts';
import { characterBefore, ScreenRows } from './screen-rows.ts';

interface TerminalInternals {
  coreService: {
    isCursorHidden: boolean;
    decPrivateModes: { cursorStyle?: 'block' | 'underline' | 'bar'; cursorBlink?: boolean };
  };
  coreMouseService: { activeEncoding: string };
  _bufferService: { buffers: Record<'normal' | 'alt', BufferInternals> };
  _inputHandler: { _curAttrData: Pen; _parser: { precedingJoinState: number } };
  _charsetService: Charsets;
}

type Charset = Record<string, string> | undefined;

interface Charsets {
  glevel: number;
  /** The one in use; not always that of `glevel`, for a restored cursor brings its own. */
  charset: Charset;
  _charsets: Charset[];
}

interface BufferInternals {
  ybase: number;
  scrollTop: number;
  scrollBottom: number;
  tabs: Record<number, boolean | undefined>;
  /** What comes back when the cursor is restored. */
  savedX: number;
  savedY: number;
  savedCurAttrData: Pen;
  savedCharset: Charset;
}

/** For a terminal that was just reset by RIS, of the same size. Yields after each row: there may be many, each cell of a look of its own. */
export function* restorationOf(terminal: Terminal): Generator<void, string> {
  const { _core: core } = terminal as unknown as { _core: TerminalInternals };
  const { normal, alternate, active } = terminal.buffer;
  const { buffers } = core._bufferService;
  const isAlternate = active.type === 'alternate';
  const rows = new ScreenRows(terminal);

  // The cursor saved in the full screen outlives that.
  if (!isAlternate && hasSavedCursor(buffers.alt)) {
    rows.add('\x1b[?1047h');
    addSavedCursor(rows, terminal, buffers.alt);
    rows.add('\x1b[?1047l\x1b[H');
  }
  yield* addBuffer(rows, terminal, { buffer: normal, internals: buffers.normal });
  if (isAlternate) {
    rows.setPlain();
    // Not 1049, which would save the cursor.
    rows.add('\x1b[?1047h\x1b[H');
    yield* addBuffer(rows, terminal, { buffer: alternate, internals: buffers.alt });
  }

  // Origin mode moves the cursor home, and its rows are those of the region.
  const { scrollTop } = buffers[isAlternate ? 'alt' : 'normal'];
  rows.add(terminal.modes.originMode ? '\x1b[?6h' : '');
  const firstRow = terminal.modes.originMode ? scrollTop : 0;
  placeCursor(rows, terminal, firstRow);
  const pen = core._inputHandler._curAttrData;
  rows.setPen(pen);
  rows.add(unusedUnderlineText(pen));
  rows.add(modesText(terminal, core));
  rows.add(charsetText(core._charsetService));
  if (core._inputHandler._parser.precedingJoinState !== 0) rows.add(joinText(terminal, pen, firstRow));
  return rows.take();
}

function* addBuffer(
  rows: ScreenRows,
  terminal: Terminal,
  { buffer, internals }: { buffer: IBuffer; internals: BufferInternals },
): Generator<void, void> {
  const { scrollTop, scrollBottom, tabs } = internals;
  yield* rows.write(buffer, terminal.rows);
  rows.add(tabsText(tabs, terminal.cols));
  // Setting the region moves the cursor home.
  if (scrollTop !== 0 || scrollBottom !== terminal.rows - 1)
    rows.add(`\x1b[${scrollTop + 1};${scrollBottom + 1}r`);
  if (hasSavedCursor(internals)) addSavedCursor(rows, terminal, internals);
}

function placeCursor(rows: ScreenRows, { cols, buffer: { active } }: Terminal, firstRow: number): void {
  const { cursorX, cursorY, baseY } = active;
  const row = cursorY - firstRow;
  if (cursorX < cols) return rows.add(cursorTo(row, cursorX));
  // Only a character printed in the last column makes the cursor wait to wrap.
  const line = active.getLine(baseY + cursorY) as IBufferLine;
  const column = characterBefore(line, cols);
  const isErased = line.getCell(column)?.getChars() === '';
  // One that waits elsewhere comes along from there, and what was printed there is gone.
  if (isErased && active.type === 'normal')
    return rows.add(`\x1b[?1047h${cursorTo(cursorY, column)} \x1b[?1047l`);
  rows.add(cursorTo(row, column));
  rows.writeLast(line, column);
}

function hasSavedCursor({ ybase, savedX, savedY, savedCurAttrData, savedCharset }: BufferInternals): boolean {
  const isHome = savedX === 0 && savedY <= ybase;
  const { fg, bg } = savedCurAttrData;
  return !isHome || fg !== 0 || bg !== 0 || isLineDrawing(savedCharset);
}

function addSavedCursor(rows: ScreenRows, { cols }: Terminal, saved: BufferInternals): void {
  const { ybase, savedX, savedY, savedCurAttrData, savedCharset } = saved;
  // Restored, it does not wait to wrap.
  rows.add(cursorTo(Math.max(savedY - ybase, 0), Math.min(savedX, cols - 1)));
  rows.setPen(savedCurAttrData);
  const save = isLineDrawing(savedCharset) ? '\x1b(0\x1b7\x1b(B' : '\x1b7';
  // Not where a link leads is saved, only that there is one.
  rows.add(isWithinLink(savedCurAttrData) ? `\x1b]8;;.\x1b\\${save}\x1b]8;;\x1b\\` : save);
  rows.setPlain();
}

/** Where they are other than every eight columns. Needs a cursor that may move within its row. */
function tabsText(tabs: BufferInternals['tabs'], cols: number): string {
  const columns = Array.from({ length: cols }, (_, column) => column);
  if (columns.every((column) => Boolean(tabs[column]) === (column % 8 === 0))) return '';
  const stops = columns.filter((column) => tabs[column]).map((column) => `\x1b[${column + 1}G\x1bH`);
  return `\x1b[3g${stops.join('')}`;
}

/** Without synchronized output: what holds it back on a page is over in a moment, here it would never end. */
function modesText({ modes }: Terminal, { coreService, coreMouseService }: TerminalInternals): string {
  const { cursorStyle, cursorBlink } = coreService.decPrivateModes;
  const style = cursorStyle && { block: 1, underline: 3, bar: 5 }[cursorStyle] + (cursorBlink ? 0 : 1);
  const mouse = { none: '', x10: '9', vt200: '1000', drag: '1002', any: '1003' }[modes.mouseTrackingMode];
  return [
    modes.applicationCursorKeysMode && '\x1b[?1h',
    modes.applicationKeypadMode && '\x1b[?66h',
    modes.bracketedPasteMode && '\x1b[?2004h',
    modes.insertMode && '\x1b[4h',
    modes.reverseWraparoundMode && '\x1b[?45h',
    modes.sendFocusMode && '\x1b[?1004h',
    !modes.wraparoundMode && '\x1b[?7l',
    mouse && `\x1b[?${mouse}h`,
    coreMouseService.activeEncoding === 'SGR' && '\x1b[?1006h',
    coreMouseService.activeEncoding === 'SGR_PIXELS' && '\x1b[?1016h',
    style && `\x1b[${style} q`,
    // Said either way: a reset leaves it as it was.
    coreService.isCursorHidden ? '\x1b[?25l' : '\x1b[?25h',
  ]
    .filter(Boolean)
    .join('');
}

/** Only line drawing is used by programs of today. */
function isLineDrawing(charset: Charset): boolean {
  return charset?.['q'] === '─';
}

function charsetText({ glevel, charset, _charsets }: Charsets): string {
  let text = '';
  for (const [level, designator] of ['(', ')'].entries()) {
    const isWanted = level === glevel ? isLineDrawing(charset) : isLineDrawing(_charsets[level]);
    if (isWanted) text += `\x1b${designator}0`;
  }
  return glevel === 1 ? `${text}\x0e` : text;
}

/**
 * What was printed last, printed again: what comes next may be a combining character or ask for it to be repeated, and
 * any control sequence would end that. Nothing where that would change what is to be seen.
 */
function joinText({ buffer: { active }, modes }: Terminal, pen: Pen, firstRow: number): string {
  if (modes.insertMode) return '';
  const line = active.getLine(active.baseY + active.cursorY) as IBufferLine;
  const column = characterBefore(line, active.cursorX);
  const cell = line.getCell(column);
  if (!cell || cell.getChars() === '' || !hasLook(cell as typeof cell & Pen, lookOf(pen))) return '';
  return cursorTo(active.cursorY - firstRow, column) + cell.getChars();
}

/** Both from 0. */
function cursorTo(row: number, column: number): string {
  return `\x1b[${row + 1};${column + 1}H`;
}
