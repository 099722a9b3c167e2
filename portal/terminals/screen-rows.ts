/** Rows of a terminal as text that prints them again: their characters, looks and hyperlinks, and where a line goes on in the next row. */
import type { IBuffer, IBufferCell, IBufferLine, Terminal } from '@xterm/headless';
import {
  backgroundText,
  hasLook,
  backgroundOf,
  lookOf,
  penText,
  plainLook,
  type Look,
  type Pen,
} from './pen.ts';

type Cell = IBufferCell & Pen;

interface LinkInternals {
  _oscLinkService: { getLinkData(urlId: number): { id?: string; uri: string } | undefined };
}

/** Of a whole snapshot. Every character may have a link of its own, of any length: what is beyond loses its link. */
const mostLinkBytes = 64 * 1024;
const noLink = '\x1b]8;;\x1b\\';

export class ScreenRows {
  readonly #cols: number;
  readonly #links: LinkInternals['_oscLinkService'];
  #linkBytes = 0;
  #text = '';
  /** Of the terminal that reads this text. */
  #look: Look = plainLook;
  #cell: Cell | undefined;

  constructor(terminal: Terminal) {
    this.#cols = terminal.cols;
    this.#links = (terminal as unknown as { _core: LinkInternals })._core._oscLinkService;
  }

  /** What was written since the last time. */
  take(): string {
    const text = this.#text;
    this.#text = '';
    return text;
  }

  /** Something else that leaves the look as it is. */
  add(text: string): void {
    this.#text += text;
  }

  /**
   * From the first column of the first row on; yields after each row. Where nothing is above the screen, rows at the end
   * that hold nothing are left out.
   */
  *write(buffer: IBuffer, rows: number): Generator<void, void> {
    const isScrolled = buffer.length > rows;
    let count = buffer.length;
    while (!isScrolled && count > 0 && this.#isEmpty(buffer.getLine(count - 1))) count -= 1;
    for (let row = 0; row < count; row += 1) {
      const line = buffer.getLine(row) as IBufferLine;
      const written = this.#writeRow(line);
      const next = row + 1 < count ? buffer.getLine(row + 1) : undefined;
      if (next?.isWrapped) this.#wrap(line, next, written);
      else if (next) this.#newLine();
      yield;
    }
  }

  /** Prints the last character of a row, which begins at `column`, where the cursor is: it then waits to wrap. */
  writeLast(line: IBufferLine, column: number): void {
    const cell = this.#cellAt(line, column);
    const chars = cell.getChars();
    this.setPen(cell);
    this.#text += chars || ' ';
    // It may have been erased since, which in most cases the whole row was.
    if (chars === '' && this.#isBlank(line)) this.#text += '\x1b[1K';
  }

  setPlain(): void {
    if (this.#look.urlId !== 0) this.#text += noLink;
    if (this.#look !== plainLook) this.#text += '\x1b[m';
    this.#look = plainLook;
  }

  /** Returns how many columns were printed: what is behind them holds nothing. */
  #writeRow(line: IBufferLine): number {
    let written = 0;
    for (let column = 0; column < this.#cols; column += 1) {
      const cell = this.#cellAt(line, column);
      const chars = cell.getChars();
      if (chars === '') {
        if (isNothing(cell) && backgroundOf(cell) !== 0) {
          this.#move(column - written);
          const count = this.#erase(line, column);
          written = column;
          column += count - 1;
        }
        continue;
      }
      this.#move(column - written);
      if (!hasLook(cell, this.#look)) this.setPen(cell);
      // A combining character that has a cell to itself: it must not join the one before.
      if (cell.getWidth() === 0) this.#text += `\x1b[${column + 1}G`;
      this.#text += chars;
      written = column + Math.max(1, cell.getWidth());
    }
    return written;
  }

  #move(columns: number): void {
    if (columns > 0) this.#text += `\x1b[${columns}C`;
  }

  /** The cells from the cursor on that hold nothing, before the same background. Returns how many; the cursor stays. */
  #erase(line: IBufferLine, from: number): number {
    const cell = this.#cellAt(line, from);
    const bg = backgroundOf(cell);
    if (this.#look.urlId !== 0) this.#text += noLink;
    if (this.#look.fg !== 0 || this.#look.bg !== bg || this.#look.underline !== 0)
      this.#text += backgroundText(cell);
    this.#look = { ...plainLook, bg };
    let end = from + 1;
    while (
      end < this.#cols &&
      isNothing(this.#cellAt(line, end)) &&
      backgroundOf(this.#cellAt(line, end)) === bg
    )
      end += 1;
    this.#text += `\x1b[${end - from}X`;
    return end - from;
  }

  /** What a scroll brings in takes on the background that is set. */
  #newLine(): void {
    if (this.#look.bg !== 0) this.setPlain();
    this.#text += '\r\n';
  }

  /** Only a character printed beyond the last column makes a line go on in the next row. */
  #wrap(line: IBufferLine, next: IBufferLine, written: number): void {
    const first = this.#cellAt(next, 0);
    const wrapsByItself = first.getChars() !== '' && backgroundOf(first) === 0;
    if (written === this.#cols && wrapsByItself) return;
    this.setPlain();
    if (written < this.#cols) this.#text += `\x1b[${this.#cols}G `;
    this.#text += ' ';
    if (written < this.#cols) {
      // What stood in for the last column goes again.
      this.#text += `\x1b[A\x1b[${this.#cols}G`;
      this.#erase(line, this.#cols - 1);
      this.#text += '\x1b[B';
    }
    this.setPlain();
    this.#text += '\r\x1b[X';
  }

  setPen(pen: Pen): void {
    const look = lookOf(pen);
    const { urlId } = this.#look;
    if (look.urlId !== urlId) this.#setLink(look.urlId);
    if (look.fg !== this.#look.fg || look.bg !== this.#look.bg || look.underline !== this.#look.underline)
      this.#text += penText(pen);
    this.#look = look;
  }

  #setLink(urlId: number): void {
    const link = urlId === 0 ? undefined : this.#links.getLinkData(urlId);
    // One link in several places: without an id each of them would be one of its own.
    const opened = link ? `\x1b]8;id=${link.id ?? `~${urlId}`};${link.uri}\x1b\\` : noLink;
    this.#linkBytes += opened.length;
    this.#text += this.#linkBytes > mostLinkBytes ? noLink : opened;
  }

  #isEmpty(line: IBufferLine | undefined): boolean {
    return (
      line !== undefined &&
      !line.isWrapped &&
      this.#isBlank(line) &&
      backgroundOf(this.#cellAt(line, 0)) === 0
    );
  }

  /** Nothing stands in it, before a background of one colour. */
  #isBlank(line: IBufferLine): boolean {
    const bg = backgroundOf(this.#cellAt(line, 0));
    for (let column = 0; column < this.#cols; column += 1) {
      const cell = this.#cellAt(line, column);
      if (cell.getChars() !== '' || backgroundOf(cell) !== bg) return false;
    }
    return true;
  }

  #cellAt(line: IBufferLine, column: number): Cell {
    this.#cell = line.getCell(column, this.#cell) as Cell;
    return this.#cell;
  }
}

/** And not the second column of a wide character. */
function isNothing(cell: Cell): boolean {
  return cell.getChars() === '' && cell.getWidth() > 0;
}

/** Where the character begins that ends before `column`. */
export function characterBefore(line: IBufferLine, column: number): number {
  return line.getCell(column - 1)?.getWidth() === 0 ? column - 2 : column - 1;
}
