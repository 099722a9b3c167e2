import type { IBufferCell, IBufferLine, Terminal } from '@xterm/headless';
import { lookOf, type Pen } from './pen.ts';
import { openHeadless } from './headless-terminal.ts';

/** For tests: a browser's terminal without the browser. */
export class Reader {
  readonly #terminal: Terminal;
  /** What it would have typed: answers to queries. */
  answers = '';
  onAnswer: (answer: string) => void = () => {};

  constructor({ cols, rows }: { cols: number; rows: number }) {
    this.#terminal = openHeadless({ cols, rows, scrollbackRows: 1_000 });
    this.#terminal.onData((data) => {
      this.answers += data;
      this.onAnswer(data);
    });
  }

  reset(): void {
    this.#terminal.reset();
  }

  resize(cols: number, rows: number): void {
    this.#terminal.resize(cols, rows);
  }

  read(bytes: Uint8Array | string): Promise<void> {
    return new Promise((resolve) => this.#terminal.write(bytes, resolve));
  }

  get lines(): string[] {
    const { active } = this.#terminal.buffer;
    return Array.from(
      { length: active.length },
      (_, row) => active.getLine(row)?.translateToString(true) ?? '',
    );
  }

  /** All that a learner could see, and the state that decides what they will see next. */
  get seen() {
    const { active, normal } = this.#terminal.buffer;
    const core = (this.#terminal as unknown as { _core: Core })._core;
    const { buffer } = core._bufferService;
    return {
      rows: Array.from({ length: active.length }, (_, row) => this.#row(row)),
      rowsAbove: normal.baseY,
      cursor: [active.cursorX, active.cursorY],
      cursorStyle: [
        core.coreService.decPrivateModes.cursorStyle,
        core.coreService.decPrivateModes.cursorBlink,
      ],
      buffer: active.type,
      modes: this.#terminal.modes,
      hidden: core.coreService.isCursorHidden,
      mouse: core.coreMouseService.activeEncoding,
      region: [buffer.scrollTop, buffer.scrollBottom],
      // One set while the cursor waited to wrap stops nothing.
      tabs: Object.keys(buffer.tabs).filter((column) => Number(column) < this.#terminal.cols),
      // The look of what is printed next.
      look: this.#lookOf(core._inputHandler._curAttrData),
      lineDrawing: core._charsetService.charset?.['q'] === '─',
    };
  }

  /** What is printed, how each piece of it looks, and whether it goes on from the row before. */
  #row(row: number): string {
    const line = this.#terminal.buffer.active.getLine(row) as IBufferLine;
    let [text, last] = ['', ''];
    for (let column = 0; column < line.length; column += 1) {
      const cell = line.getCell(column) as IBufferCell & Pen;
      if (cell.getWidth() === 0 && cell.getChars() === '') continue;
      const look =
        cell.getChars() === '' ? `|${cell.getBgColorMode()},${cell.getBgColor()}|` : this.#lookOf(cell);
      if (look !== last) text += look;
      text += cell.getChars() || '·';
      last = look;
    }
    return (row > 0 && line.isWrapped ? '↪' : '') + text;
  }

  #lookOf(one: Pen): string {
    const flags = [
      'Bold',
      'Dim',
      'Italic',
      'Blink',
      'Inverse',
      'Invisible',
      'Strikethrough',
      'Overline',
    ] as const;
    const set = flags.filter((flag) => one[`is${flag}`]());
    const { urlId, underline } = lookOf(one);
    const { _oscLinkService: links } = (this.#terminal as unknown as { _core: Core })._core;
    const uri = urlId === 0 ? '' : links.getLinkData(urlId)?.uri;
    const colours = [one.getFgColorMode(), one.getFgColor(), one.getBgColorMode(), one.getBgColor()];
    return `|${[...set, ...colours, underline, uri].join()}|`;
  }
}

interface Core {
  coreService: { isCursorHidden: boolean; decPrivateModes: { cursorStyle?: string; cursorBlink?: boolean } };
  coreMouseService: { activeEncoding: string };
  _bufferService: { buffer: { scrollTop: number; scrollBottom: number; tabs: object } };
  _inputHandler: { _curAttrData: Pen };
  _charsetService: { charset?: Record<string, string> };
  _oscLinkService: { getLinkData(urlId: number): { uri: string } | undefined };
}
