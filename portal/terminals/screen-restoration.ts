/**
 * A terminal's screen as text that brings another terminal to it. The rows are the work of `@xterm/addon-serialize`; what
 * its version 0.14 leaves out or gets wrong is added: the exact cursor, also when it waits to wrap (xterm.js #6165), the
 * scrolling region, the line-drawing character set, an open hyperlink, the hidden cursor, the encoding of mouse reports.
 * None of it can be read through the public interface; `screen.test.ts` fails if a new release moves it.
 */
import type { SerializeAddon } from '@xterm/addon-serialize';
import type { IBuffer, Terminal } from '@xterm/headless';

interface TerminalInternals {
  coreService: { isCursorHidden: boolean };
  coreMouseService: { activeEncoding: string };
  _bufferService: { buffers: Record<'normal' | 'alt', Region> };
  _inputHandler: { _curAttrData: { fg: number; extended: { urlId: number } } };
  _charsetService: Charsets;
}

type Charset = Record<string, string> | undefined;

interface Charsets {
  glevel: number;
  /** The one in use; not always that of `glevel`, for a restored cursor brings its own. */
  charset: Charset;
  _charsets: Charset[];
}

interface Region {
  scrollTop: number;
  scrollBottom: number;
  /** As it was when the cursor was saved: it comes back with that. */
  savedCharset: Charset;
}

interface SerializerInternals {
  _serializeModes(terminal: Terminal): string;
  _serializeBufferByRange(
    terminal: Terminal,
    buffer: IBuffer,
    range: { start: number; end: number },
    excludeFinalCursorPosition: boolean,
  ): string;
}

const underlineFlag = 0x10000000;

/** For a terminal that was just reset by RIS, of the same size. */
export function restorationOf(terminal: Terminal, serializer: SerializeAddon): string {
  const { _core: core } = terminal as unknown as { _core: TerminalInternals };
  const serialize = serializer as unknown as SerializerInternals;
  const { normal, alternate, active } = terminal.buffer;
  const { buffers } = core._bufferService;

  let text = bufferText(terminal, serialize, normal, buffers.normal);
  // Programs enter it with plain attributes, which are saved with the cursor, as is the character set.
  if (active.type === 'alternate') {
    const enter = isLineDrawing(buffers.normal.savedCharset) ? '\x1b(0\x1b[?1049h\x1b(B' : '\x1b[?1049h';
    text += `\x1b[m${enter}\x1b[H${bufferText(terminal, serialize, alternate, buffers.alt)}`;
  }

  // Within a hyperlink the serializer takes its underline for the text's own, which nothing would end.
  const { fg, extended } = core._inputHandler._curAttrData;
  if (extended.urlId !== 0 && (fg & underlineFlag) === 0) text += '\x1b[24m';

  text += serialize._serializeModes(terminal);
  // Origin mode moves the cursor home, and counts from the region.
  if (terminal.modes.originMode) {
    text += cursorTo(
      active.cursorY - buffers[active.type === 'alternate' ? 'alt' : 'normal'].scrollTop,
      active.cursorX,
    );
  }
  text += charsetText(core._charsetService);
  // Said either way: a reset leaves it as it was.
  text += core.coreService.isCursorHidden ? '\x1b[?25l' : '\x1b[?25h';
  if (core.coreMouseService.activeEncoding === 'SGR') text += '\x1b[?1006h';
  return text;
}

function bufferText(
  terminal: Terminal,
  serialize: SerializerInternals,
  buffer: IBuffer,
  { scrollTop, scrollBottom }: Region,
): string {
  const { cols, rows } = terminal;
  const { cursorX, cursorY } = buffer;
  let text = serialize._serializeBufferByRange(terminal, buffer, { start: 0, end: buffer.length - 1 }, true);
  // Where it makes an empty row wrap it moves by 0 columns, which to a terminal is 1.
  text = text.replaceAll('\x1b[0C', '').replaceAll('\x1b[0D', '');
  // Setting the region moves the cursor home.
  if (scrollTop !== 0 || scrollBottom !== rows - 1) text += `\x1b[${scrollTop + 1};${scrollBottom + 1}r`;
  if (cursorX < cols) return text + cursorTo(cursorY, cursorX);

  // Only a character printed in the last column makes the cursor wait to wrap: the row is printed again.
  const line = buffer.baseY + cursorY;
  text += `${cursorTo(cursorY, 0)}\x1b[m`;
  text += serialize._serializeBufferByRange(terminal, buffer, { start: line, end: line }, true);
  // It may have been erased since; a space looks the same.
  const lastCell = buffer.getLine(line)?.getCell(cols - 1);
  if (lastCell?.getChars() === '' && lastCell.getWidth() > 0) text += `${cursorTo(cursorY, cols - 1)} `;
  return text;
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

/** Both from 0. */
function cursorTo(row: number, column: number): string {
  return `\x1b[${row + 1};${column + 1}H`;
}
