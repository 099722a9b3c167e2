/** What is dropped of a flood unparsed leaves the screen as if it had been parsed. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { outputPiece } from './output.fixture.ts';
import { Reader } from './reader.fixture.ts';
import { Screen } from './screen.ts';

const size = { cols: 80, rows: 24 };

const line = fc.constantFrom('y', '', 'a\tb', 'ß', '日本語 and text', 'w'.repeat(80), 'long '.repeat(100));
const lineEnd = fc.constantFrom('\r\n', '\r\n', '\r\n', '\n', '\r', '');
const flood = fc
  .tuple(
    fc.array(fc.tuple(line, lineEnd), { minLength: 1, maxLength: 12 }),
    fc.integer({ min: 10, max: 30_000 }),
  )
  .map(([lines, most]) => {
    const once = lines.map(([text, end]) => text + end).join('');
    return once.repeat(Math.ceil(most / Math.max(1, once.length)));
  });
const step = fc.oneof(
  flood,
  fc.array(outputPiece, { maxLength: 8 }).map((pieces) => pieces.join('')),
);
const chunk = fc.integer({ min: 1, max: 40_000 });
const pause = fc.boolean();

const breath = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('floods of plain text among other output, read in any pieces, leave the screen of the whole', async () => {
  let dropped = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 1, maxLength: 8 }),
      fc.array(fc.tuple(chunk, pause), { minLength: 1, maxLength: 5 }),
      async (steps, chunks) => {
        const bytes = Buffer.from(steps.join(''));
        let reported = 0;
        using screen = new Screen({
          ...size,
          onCommandFinished: () => {},
          onParsed: (byteCount) => (reported += byteCount),
        });
        for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
          const [length, pauses] = chunks[turn % chunks.length] as [number, boolean];
          screen.write(bytes.subarray(at, at + length));
          at += length;
          if (pauses) await breath();
        }
        await screen.settle();
        dropped += screen.droppedBytes;
        expect(reported).toBe(bytes.length);

        const whole = new Reader(size);
        await whole.read(bytes);
        const snapshot = await screen.snapshot();
        const restored = new Reader(size);
        await restored.read(snapshot?.bytes ?? '');
        expect(restored.seen).toEqual(whole.seen);
      },
    ),
    { numRuns: 20, examples: [[['a\x1b[31m$ ', 'y\r\n'.repeat(8_000), '\x1b[m$ '], [[9_000, true]]]] },
  );
  expect(dropped).toBeGreaterThan(0);
}, 60_000);

test('a long flood of plain text is dropped but for what remains', async () => {
  using screen = new Screen({ ...size, onCommandFinished: () => {} });
  for (let count = 0; count < 64; count += 1) screen.write(Buffer.alloc(30_000, 'y\r\n'));
  await screen.settle();
  expect(screen.droppedBytes).toBeGreaterThan(1_800_000);
});

test.each([
  ['the alternate screen', '\x1b[?1049h'],
  ['a scrolling region', '\x1b[2;10r'],
  ['no wrapping', '\x1b[?7l'],
  ['a sequence that goes on', '\x1b]0;'],
])('nothing is dropped in %s', async (_, mode) => {
  using screen = new Screen({ ...size, onCommandFinished: () => {} });
  screen.write(Buffer.from(mode));
  await screen.settle();
  screen.write(Buffer.alloc(90_000, 'y\r\n'));
  await screen.settle();
  expect(screen.droppedBytes).toBe(0);
});
