import { expect, test } from 'vitest';
import { readPlainOutput } from './plain-output.ts';

const read = (text: string, cols = 10) => readPlainOutput(Buffer.from(text), cols);

test('rows are line feeds and wraps of ASCII', () => {
  expect(read('')).toEqual({ rows: 0, lastLineAt: -1 });
  expect(read('a\r\nb\r\nc')).toEqual({ rows: 2, lastLineAt: 6 });
  expect(read('x'.repeat(10))).toEqual({ rows: 0, lastLineAt: -1 });
  expect(read('x'.repeat(31))).toEqual({ rows: 3, lastLineAt: -1 });
  expect(read(`${'x'.repeat(10)}\r\n`)).toEqual({ rows: 1, lastLineAt: 12 });
  // In the last column a line feed alone ends the wait to wrap, and one more character fills it again.
  expect(read(`${'x'.repeat(10)}\nxx`)).toEqual({ rows: 2, lastLineAt: -1 });
  expect(read('日本語'.repeat(10))).toEqual({ rows: 0, lastLineAt: -1 });
});

test('a line begins only after both, in one piece', () => {
  expect(read('a\nb')?.lastLineAt).toBe(-1);
  expect(read('\nb')?.lastLineAt).toBe(-1);
  expect(read('a\rb')?.lastLineAt).toBe(-1);
});

test.each(['\x1b', '\b', '\x07', '\x0e', '\x00', '\x0b', '\x7f', '\u009b', '\u0085'])(
  'what a terminal obeys is not plain: %j',
  (control) => expect(read(`text${control}text`)).toBeNull(),
);
