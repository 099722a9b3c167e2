import fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitCodeSpans } from './code-spans.ts';

test('code spans are told from text', () => {
  expect(splitCodeSpans('Container `web` runs `busybox`, not `nginx`.')).toEqual([
    { kind: 'text', text: 'Container ' },
    { kind: 'code', text: 'web' },
    { kind: 'text', text: ' runs ' },
    { kind: 'code', text: 'busybox' },
    { kind: 'text', text: ', not ' },
    { kind: 'code', text: 'nginx' },
    { kind: 'text', text: '.' },
  ]);
});

test('two backticks hold one', () => {
  expect(splitCodeSpans('type `` `date` ``')).toEqual([
    { kind: 'text', text: 'type ' },
    { kind: 'code', text: '`date`' },
  ]);
});

test('a lone backtick and markup stay text', () => {
  expect(splitCodeSpans('a ` and <b>bold</b>')).toEqual([{ kind: 'text', text: 'a ` and <b>bold</b>' }]);
});

test('nothing but backticks and their padding is ever lost', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('`', ' ', 'a', '<', '\n') }), (sentence) => {
      const kept = splitCodeSpans(sentence).map((part) => part.text);
      expect(kept.join('').replace(/[` ]/g, '')).toBe(sentence.replace(/[` ]/g, ''));
    }),
  );
});
