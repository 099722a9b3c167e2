import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { cut, cuts, output } from './output.fixture.ts';
import { Reader } from './reader.fixture.ts';
import { Screen } from './screen.ts';
import type { Snapshot } from './screen.ts';

const size = { cols: 80, rows: 24 };

function screenOf(onCommandFinished = (): void => {}): Screen {
  return new Screen({ ...size, onCommandFinished });
}

function write(screen: Screen, bytes: Buffer | string): Promise<void> {
  screen.write(Buffer.from(bytes));
  return screen.settle();
}

async function snapshotOf(screen: Screen): Promise<Snapshot> {
  const snapshot = await screen.snapshot();
  if (!snapshot) throw new Error('the screen was disposed of');
  return snapshot;
}

test('a snapshot at any byte, and the bytes after it, give the screen of the whole', async () => {
  await fc.assert(
    fc.asyncProperty(output, cuts, fc.nat(), async (bytes, sizes, at) => {
      const parts = cut(bytes, sizes);
      const taken = at % (parts.length + 1);
      using screen = screenOf();
      for (const part of parts.slice(0, taken)) void write(screen, part);
      const snapshot = await snapshotOf(screen);
      expect(snapshot.writtenBytes).toBe(Buffer.concat(parts.slice(0, taken)).length);

      const whole = new Reader(size);
      await whole.read(bytes);
      const resumed = new Reader(size);
      // Its last connection broke within a sequence.
      await resumed.read('junk\r\n\x1b[?25l\x1b[31mjunk\x1b]0;unfinished');
      await resumed.read(snapshot.bytes);
      for (const part of parts.slice(taken)) await resumed.read(part);
      expect(resumed.seen).toEqual(whole.seen);
    }),
    {
      numRuns: 200,
      // The full screen was entered with line drawing on, which is back when it is left.
      examples: [[Buffer.from('\x1b(0\x1b[?1049h\x1b[H\x1b[?1049lwww'), [11, 41], 1]],
    },
  );
}, 60_000);

test('a snapshot asks nothing', async () => {
  using screen = screenOf();
  await write(screen, 'a\x1b[c\x1b[6n\x1b]11;?\x07\x1b[5n$ ');
  const reader = new Reader(size);
  await reader.read((await snapshotOf(screen)).bytes);
  expect(reader.answers).toBe('');
});

test('a command that ended is noticed, other marks are not', async () => {
  let ended = 0;
  using screen = screenOf(() => (ended += 1));
  await write(screen, '\x1b]133;A\x07$ \x1b]133;C\x07out\x1b]0;D\x07');
  expect(ended).toBe(0);
  await write(screen, '\x1b]133;D;1\x07\x1b]133;D\x1b\\');
  expect(ended).toBe(2);
});

test('a new size applies after what was written before', async () => {
  using screen = screenOf();
  void write(screen, `${'x'.repeat(80)}y\r\n`);
  screen.resize({ cols: 100, rows: 30 });
  const { bytes, cols, rows } = await snapshotOf(screen);
  expect([cols, rows]).toEqual([100, 30]);
  const reader = new Reader({ cols: 100, rows: 30 });
  await reader.read(bytes);
  expect(reader.lines[0]).toBe(`${'x'.repeat(80)}y`);
});

test('a string without an end is not gathered for ever, and ends in the snapshot as it does live', async () => {
  using screen = screenOf();
  await write(screen, `before\x1b]0;${'x'.repeat(100_000)}`);
  const snapshot = await snapshotOf(screen);
  expect(snapshot.bytes.length).toBeLessThan(1_000);
  const reader = new Reader(size);
  await reader.read(snapshot.bytes);
  await reader.read('more of it\x07after');
  expect(reader.lines[0]).toBe('beforeafter');
});

test('a screen that is disposed of has no snapshot', async () => {
  const screen = screenOf();
  void write(screen, 'text');
  const snapshot = screen.snapshot();
  screen[Symbol.dispose]();
  expect(await snapshot).toBe(null);
});

test('what the parser does not like is not written down', async () => {
  const written = vi.spyOn(console, 'error');
  using screen = screenOf();
  await write(screen, Buffer.from([...Array(256).keys()]));
  expect(written).not.toHaveBeenCalled();
});

test('a screen that was cleared keeps the line one is on, and the marks of its prompt', async () => {
  using screen = screenOf();
  await write(screen, `old\r\n${'above\r\n'.repeat(60)}\x1b]133;A\x07$ \x1b]133;B\x07echo`);
  screen.clear();
  const { bytes, marks } = await snapshotOf(screen);
  const reader = new Reader(size);
  await reader.read(bytes);
  expect(reader.lines.filter((line) => line !== '')).toEqual(['$ echo']);
  expect(marks.map(({ row, column, payload }) => [row, column, payload])).toEqual([
    [0, 0, 'A'],
    [0, 2, 'B'],
  ]);
  await write(screen, '\r\nnext');
  expect((await snapshotOf(screen)).bytes.toString()).toContain('next');
});

test('below a full-screen program nothing is cleared', async () => {
  using screen = screenOf();
  await write(screen, 'before\r\n$ vi\x1b[?1049h\x1b[Hin vi\r\nsecond row');
  screen.clear();
  await write(screen, '');
  const reader = new Reader(size);
  await reader.read((await snapshotOf(screen)).bytes);
  expect(reader.lines.slice(0, 2)).toEqual(['in vi', 'second row']);
  await reader.read('\x1b[?1049l');
  expect(reader.lines[0]).toBe('before');
});
