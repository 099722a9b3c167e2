import type { IBuffer } from '@xterm/xterm';

/** Rows `start` to `end` (exclusive) of a terminal as text: what the screen wrapped is one line again. */
export function readRows(
  buffer: IBuffer,
  { start, end, startColumn = 0 }: { start: number; end: number; startColumn?: number },
): string {
  let text = '';
  for (let row = Math.max(0, start); row < Math.min(end, buffer.length); row++) {
    const wraps = buffer.getLine(row + 1)?.isWrapped === true && row + 1 < end;
    text += buffer.getLine(row)?.translateToString(!wraps, row === start ? startColumn : 0) ?? '';
    if (!wraps) text += '\n';
  }
  return text.replace(/\s+$/, '');
}
