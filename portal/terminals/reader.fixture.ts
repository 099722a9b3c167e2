import headless from '@xterm/headless';
import type { IBufferCell, Terminal } from '@xterm/headless';
import { ignoreRunawayCounts } from '../../protocol/runaway-counts.ts';

/** For tests: a browser's terminal without the browser. */
export class Reader {
  readonly #terminal: Terminal;
  /** What it would have typed: answers to queries. */
  answers = '';
  onAnswer: (answer: string) => void = () => {};

  constructor({ cols, rows }: { cols: number; rows: number }) {
    this.#terminal = new headless.Terminal({
      cols,
      rows,
      scrollback: 1_000,
      allowProposedApi: true,
      logLevel: 'off',
    });
    ignoreRunawayCounts(this.#terminal.parser);
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

  /** All that a learner could see, and the state that decides what they will see next. */
  get seen() {
    const { active, normal } = this.#terminal.buffer;
    const lines = [];
    for (let index = 0; index < active.length; index += 1)
      lines.push(active.getLine(index)?.translateToString().trimEnd());
    const core = (this.#terminal as unknown as { _core: Core })._core;
    return {
      lines,
      rowsAbove: normal.baseY,
      cursor: [active.cursorX, active.cursorY],
      buffer: active.type,
      modes: this.#terminal.modes,
      hidden: core.coreService.isCursorHidden,
      mouse: core.coreMouseService.activeEncoding,
      region: [core._bufferService.buffer.scrollTop, core._bufferService.buffer.scrollBottom],
      // The look of what is printed next.
      attributes: attributesOf(core._inputHandler._curAttrData),
      lineDrawing: core._charsetService.charset?.['q'] === '─',
    };
  }
}

function attributesOf(one: Attributes): unknown[] {
  const flags = [one.isBold(), one.isInverse(), one.isDim()].map(Boolean);
  return [one.getFgColorMode(), one.getFgColor(), one.getBgColorMode(), one.getBgColor(), ...flags];
}

type Attributes = Pick<
  IBufferCell,
  'getFgColorMode' | 'getFgColor' | 'getBgColorMode' | 'getBgColor' | 'isBold' | 'isInverse' | 'isDim'
>;

interface Core {
  coreService: { isCursorHidden: boolean };
  coreMouseService: { activeEncoding: string };
  _bufferService: { buffer: { scrollTop: number; scrollBottom: number } };
  _inputHandler: { _curAttrData: Attributes };
  _charsetService: { charset?: Record<string, string> };
}
