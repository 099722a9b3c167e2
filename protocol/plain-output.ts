/**
 * Text, tabs and line ends, and nothing that a terminal obeys: where such output leads can be told without a terminal.
 * Free of imports: portal and browser bundle both use it.
 */
export interface PlainOutput {
  /** It leads down at least so many rows of a terminal that wraps, wherever it begins. */
  rows: number;
  /** Where the line after its last CR LF begins; -1 where it has none. */
  lastLineAt: number;
}

const [tab, lineFeed, carriageReturn] = [0x09, 0x0a, 0x0d];
/** In UTF-8 it leads the C1 controls, CSI among them. */
const c1Leader = 0xc2;

/** Null where there is anything else in `bytes`. Characters that are not ASCII count as if they had no width. */
export function readPlainOutput(bytes: Uint8Array, cols: number): PlainOutput | null {
  let rows = 0;
  let column = 0;
  let lastLineAt = -1;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] as number;
    if (byte >= 0x20 && byte < 0x7f) {
      if (column === cols) {
        rows += 1;
        column = 0;
      }
      column += 1;
    } else if (byte === lineFeed) {
      rows += 1;
      // What waits to wrap no longer does.
      if (column === cols) column -= 1;
      if (at > 0 && bytes[at - 1] === carriageReturn) lastLineAt = at + 1;
    } else if (byte === carriageReturn) column = 0;
    else if (byte !== tab && (byte < 0x80 || byte === c1Leader)) return null;
  }
  return { rows, lastLineAt };
}
