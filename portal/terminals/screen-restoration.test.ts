import { expect, test } from 'vitest';
import { Reader } from './reader.fixture.ts';
import { Screen, type Snapshot } from './screen.ts';

const size = { cols: 80, rows: 24 };

async function snapshotAfter(output: string): Promise<Snapshot> {
  using screen = new Screen({ ...size, onCommandFinished: () => {} });
  screen.write(Buffer.from(output));
  return (await screen.snapshot()) as Snapshot;
}

const looks = {
  'from faint to bold': '\x1b[2mfaint\x1b[22;1mbold\x1b[22mneither',
  'lines of all kinds below the text': '\x1b[4:2mdouble\x1b[4:3;58;2;9;8;7mcurly\x1b[24mnone\x1b[4mas before',
  'all at once': '\x1b[1;2;3;4;5;7;8;9;53;38;5;200;48;2;1;2;3mall\x1b[mnone',
  'the sixteen colours': '\x1b[30;47m1\x1b[91;106m2\x1b[39m3\x1b[49m4',
  'a row filled with colour': '\x1b[44m\x1b[2K\x1b[5Ctext\x1b[m\r\nplain',
  'a gap before a row that goes on': `${'x'.repeat(80)}yyy\x1b[2D\x1b[1Kz`,
  'a wide character that did not fit': `${'x'.repeat(79)}日本`,
  'emoji up to the edge': `${'😀'.repeat(40)}a`,
  'a cursor that waits to wrap': 'x'.repeat(80),
  'a cursor that waits where all was erased': `${'x'.repeat(80)}\x1b[2J`,
  'a cursor that waits where only the end was erased': `a\x1b[?47h\x1b[H${'x'.repeat(80)}\x1b[?47l`,
  'a cursor that waits in an erased full screen': `\x1b[?1049h${'x'.repeat(80)}\x1b[2J`,
  'half of a wide character written over': '日\x1b[48;2;1;2;3;2m\ba',
  'tabs of its own': '\x1b[3g\x1b[5G\x1bH\x1b[20G\x1bH\r\tat 5\tat 20',
  'a cursor of another form': '\x1b[6 q',
};

for (const [name, output] of Object.entries(looks)) {
  test(`${name}: as it was`, async () => {
    const whole = new Reader(size);
    await whole.read(output);
    const restored = new Reader(size);
    await restored.read((await snapshotAfter(output)).bytes);
    expect(restored.seen).toEqual(whole.seen);
  });
}

const continuations = {
  'a combining character': ['e', '\u0301'],
  'a request for the last character again': ['\x1b[31mab', '\x1b[3b'],
  'the same, struck through': ['\x1b[9mab', '\x1b[3b'],
  'the cursor of before, in its colours': ['\x1b[5;7H\x1b[31;44m\x1b7\x1b[m\x1b[H', '\x1b8x'],
  'the cursor of before a full screen': ['text\x1b[1;32m\x1b[?1049h\x1b[m\x1b[Hfull', '\x1b[?1049lx'],
  'a line below the text, from before a full screen': ['\x1b[4m\x1b[?1049h', '\x1b[?1049lx'],
  'the cursor of a full screen, in the next': [
    '\x1b[?1049h\x1b[9;9H\x1b[7m\x1b7\x1b[m\x1b[?1049l',
    '\x1b[?47h\x1b8x',
  ],
  'the line below, in the colour of before': ['\x1b[58;5;9m', '\x1b[4mx'],
} as const;

for (const [name, [before, after]] of Object.entries(continuations)) {
  test(`what comes after is read as it would have been: ${name}`, async () => {
    const whole = new Reader(size);
    await whole.read(before + after);
    const restored = new Reader(size);
    await restored.read((await snapshotAfter(before)).bytes);
    await restored.read(after);
    expect(restored.seen).toEqual(whole.seen);
  });
}

const link = (uri: string, text: string) => `\x1b]8;;${uri}\x1b\\${text}\x1b]8;;\x1b\\`;

test('links lead where they led; of very many and long ones the last are plain text', async () => {
  const few = await snapshotAfter(link('https://a.example/', 'here') + link('https://b.example/', 'there'));
  expect(few.bytes.toString()).toContain(';https://b.example/\x1b\\there');
  const uri = `https://a.example/${'x'.repeat(2_000)}`;
  const many = await snapshotAfter(Array.from({ length: 800 }, (_, at) => link(uri + at, 'x')).join(''));
  expect(many.bytes.length).toBeLessThan(100_000);
  const reader = new Reader(size);
  await reader.read(many.bytes);
  expect(reader.lines.join('')).toBe('x'.repeat(800));
});

test('a screen where every cell is of a colour of its own leaves the thread to others in between', async () => {
  const row = (at: number) =>
    Array.from({ length: 80 }, (_, column) => `\x1b[38;2;${at % 256};${column};7m#`).join('');
  using screen = new Screen({ ...size, onCommandFinished: () => {} });
  screen.write(Buffer.from(Array.from({ length: 1_000 }, (_, at) => row(at)).join('\r\n')));
  await screen.settle();
  let turns = 0;
  let isDone = false;
  const taken = screen.snapshot().then(() => (isDone = true));
  while (!isDone) {
    turns += 1;
    await new Promise(setImmediate);
  }
  await taken;
  expect(turns).toBeGreaterThan(2);
});
