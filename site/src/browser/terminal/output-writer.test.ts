import headless from '@xterm/headless';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { OutputWriter, type WrittenTerminal } from './output-writer.ts';

const scrollback = 300;

function open(): { terminal: headless.Terminal; writer: OutputWriter; seen: () => unknown } {
  const terminal = new headless.Terminal({ cols: 80, rows: 24, scrollback, allowProposedApi: true });
  const writer = new OutputWriter(terminal as unknown as WrittenTerminal);
  const seen = (): unknown => {
    const { active } = terminal.buffer;
    const lines = Array.from({ length: active.length }, (_, at) => active.getLine(at)?.translateToString());
    return { lines, cursor: [active.cursorX, active.cursorY, active.baseY, active.viewportY] };
  };
  return { terminal, writer, seen };
}

const parsed = (writer: OutputWriter): Promise<void> => new Promise((resolve) => writer.after(resolve));

const line = fc.constantFrom('y', 'a\tb', '日本語 and text', 'w'.repeat(80), 'long '.repeat(60));
const flood = fc
  .tuple(fc.array(line, { minLength: 1, maxLength: 6 }), fc.integer({ min: 1, max: 2_000 }))
  .map(([lines, times]) => `${lines.join('\r\n')}\r\n`.repeat(times).slice(0, 60_000));
const control = fc.constantFrom(
  '\x1b[31m',
  '\x1b[5;20r',
  '\x1b[r',
  '\x1b[?1049h',
  '\x1b[?1049l',
  '\x1b]0;title',
  '\x07',
  '\x1b[3;3H',
  'é',
  '\n',
);
const pieces = fc.array(fc.oneof(flood, control), { minLength: 1, maxLength: 5 });

test('what is left out of floods leaves the terminal as if it had been parsed', async () => {
  await fc.assert(
    fc.asyncProperty(pieces, fc.integer({ min: 1, max: 30_000 }), async (texts, length) => {
      const bytes = Buffer.from(texts.join(''));
      const [left, whole] = [open(), open()];
      const ends: number[] = [];
      for (let at = 0; at < bytes.length; at += length)
        left.writer.write(bytes.subarray(at, at + length), () => ends.push(at));
      await parsed(left.writer);
      expect(ends).toEqual(ends.toSorted((a, b) => a - b));
      expect(ends).toHaveLength(Math.ceil(bytes.length / length));
      await new Promise<void>((resolve) => whole.terminal.write(bytes, resolve));
      expect(left.seen()).toEqual(whole.seen());
    }),
    { numRuns: 15, examples: [[['$ yes\r\n', 'y\r\n'.repeat(20_000), '^C\r\n$ '], 5_000]] },
  );
}, 60_000);

const flooded = Buffer.from('y\r\n'.repeat(12_000));

test('most of a flood is never parsed', async () => {
  const { writer } = open();
  writer.write(flooded);
  await parsed(writer);
  expect(writer.droppedBytes).toBeGreaterThan(flooded.length / 2);
});

test('all is parsed while it is scrolled up, and for a screen reader', async () => {
  const { terminal, writer } = open();
  writer.write(Buffer.from('line\r\n'.repeat(100)));
  await parsed(writer);
  terminal.scrollLines(-10);
  writer.write(flooded);
  await parsed(writer);
  expect(writer.droppedBytes).toBe(0);
  const reading = open();
  reading.terminal.options.screenReaderMode = true;
  reading.writer.write(flooded);
  await parsed(reading.writer);
  expect(reading.writer.droppedBytes).toBe(0);
});

test('another size amid a flood is no reason to lose anything', async () => {
  const [again, whole] = [open(), open()];
  again.writer.write(Buffer.from('first\r\n'));
  // The first piece is with the emulator, the rest waits.
  again.writer.write(flooded);
  again.writer.write(Buffer.from('last'));
  for (const { terminal } of [again, whole]) terminal.resize(500, 60);
  await parsed(again.writer);
  await new Promise<void>((resolve) => whole.terminal.write(`first\r\n${flooded}last`, resolve));
  expect(again.writer.droppedBytes).toBeGreaterThan(0);
  expect(again.seen()).toEqual(whole.seen());
});

test('one that nobody sees is given little at a time, and then, like the others, all of it', async () => {
  const { terminal, writer, seen } = open();
  const whole = open();
  const given: number[] = [];
  const write = terminal.write.bind(terminal);
  terminal.write = (data, parsed) => {
    given.push(data.length);
    write(data, parsed);
  };
  const text = Buffer.from('\x1b[1mbold\x1b[m text\r\n'.repeat(2_000));
  writer.isUnseen = true;
  const task = vi.fn();
  writer.write(text, task);
  // Not even the first piece before all else that the page has to do.
  expect(given).toEqual([]);
  await new Promise((resolve) => setImmediate(resolve));
  expect(given.reduce((sum, length) => sum + length, 0)).toBeLessThanOrEqual(4 * 1024);
  writer.isUnseen = false;
  await parsed(writer);
  expect(task).toHaveBeenCalledOnce();
  await new Promise<void>((resolve) => whole.terminal.write(text, resolve));
  expect(seen()).toEqual(whole.seen());
});
