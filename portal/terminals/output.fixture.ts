/** For tests: what programs print, as random pieces. */
import fc from 'fast-check';

const text = fc.string({ unit: fc.constantFrom(...'abcXYZ 0189-ßé€日本語😀'), maxLength: 60 });

/** One piece of a program's output on a screen of 80 by 24. Cut anywhere, it is still one stream. */
export const outputPiece = fc.oneof(
  { weight: 6, arbitrary: text },
  { weight: 3, arbitrary: text.map((line) => `${line}\r\n`) },
  // Exactly to the last column: the cursor then waits to wrap.
  fc.constant(`\r${'w'.repeat(80)}`),
  fc.constant(`\r${'w'.repeat(78)}日`),
  fc.constantFrom('\r', '\n', '\b', '\t'),
  fc.constantFrom('\x1b[m', '\x1b[1m', '\x1b[31m', '\x1b[44;38;5;200m', '\x1b[48;2;1;2;3m', '\x1b[7m'),
  fc.tuple(fc.nat(30), fc.nat(100)).map(([row, column]) => `\x1b[${row};${column}H`),
  fc.constantFrom(
    '\x1b[2m',
    '\x1b[22m',
    '\x1b[3;9m',
    '\x1b[4m',
    '\x1b[4:3;58;5;9m',
    '\x1b[24m',
    '\x1b[5;53m',
    '\x1b[38;2;1;2;3m',
    '\x1b[93;105m',
  ),
  fc.constantFrom(
    '\x1b[2J',
    '\x1b[K',
    '\x1b[1K',
    '\x1b[J',
    '\x1b[2L',
    '\x1b[2M',
    '\x1b[3X',
    '\x1b[2P',
    '\x1b[2@',
  ),
  fc.constantFrom('\x1b[3A', '\x1b[5C', '\x1b[2B', '\x1b[4D'),
  fc.constantFrom(
    '\x1b]0;a title\x07',
    '\x1b]8;;http://a.example/\x1b\\',
    '\x1b]8;id=one;http://b.example/\x1b\\',
    '\x1b]8;;\x1b\\',
    '\x1b]133;D;0\x07',
    '\x1bP$qm\x1b\\',
  ),
  fc.constantFrom(
    '\x1b[?25l',
    '\x1b[?25h',
    '\x1b[?2004h',
    '\x1b[?1000;1006h',
    '\x1b[?1000l',
    '\x1b[4h',
    '\x1b[4l',
  ),
  fc.constantFrom('\x1b[5;20r', '\x1b[r', '\x1b(0', '\x1b(B', '\x1b[c', '\x1b[6n', '\x1b]11;?\x07'),
  // Not within a hyperlink: xterm.js forgets where one leads when all rows that it was opened in are gone.
  fc
    .constantFrom('\x1b[?1049h\x1b[H', '\x1b[?1049l', '\x1b[?47h', '\x1b[?47l')
    .map((change) => `\x1b]8;;\x1b\\${change}`),
  // Nothing is repeated while characters are inserted: that order a snapshot between the two cannot keep.
  // Narrow characters only where lines do not wrap: xterm.js leaves halves of wide ones behind.
  fc.constantFrom(
    '\x1b7',
    '\x1b8',
    '\x1b[?6h',
    '\x1b[?6l',
    `\x1b[?7l\r${'n'.repeat(82)}\x1b[?7h`,
    '\x1b[4lz\x1b[5b',
  ),
  fc.constantFrom('\x1b[5 q', '\x1b[2 q', '\x1b[ q', '\x1bH', '\x1b[3g', '\x1b[?1004h', '\x1b[?1h', '\x1b='),
);

export const output = fc
  .array(outputPiece, { minLength: 1, maxLength: 60 })
  .map((pieces) => Buffer.from(pieces.join('')));

/** Cuts of a buffer, as sizes used in turn. */
export const cuts = fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 10 });

export function cut(bytes: Buffer, sizes: readonly number[]): Buffer[] {
  const parts: Buffer[] = [];
  for (let at = 0; at < bytes.length;) {
    const size = sizes[parts.length % sizes.length] as number;
    parts.push(bytes.subarray(at, at + size));
    at += size;
  }
  return parts;
}
