import fc from 'fast-check';
import { expect, test } from 'vitest';
import { phrase, span, spans } from './span.ts';

test('a name is shown as it is, in a code span', () => {
  expect(span('/srv/jail/bin/sh')).toBe('`/srv/jail/bin/sh`');
  expect(span('grüße 世界')).toBe('`grüße 世界`');
});

test('what would end, hide or reorder the text is shown or replaced', () => {
  expect(span('a`b``c')).toBe("`a'b''c`");
  expect(span('a\nb\tc\u001b[31m\u0000')).toBe('`a\\nb\\tc\\e[31m\\x00`');
  expect(span('gpj.\u202egnp')).toBe('`gpj.\\u{202e}gnp`');
  expect(span('zero\u200bwidth')).toBe('`zero\\u{200b}width`');
  expect(span('\ud800')).toBe('`\\u{d800}`');
  expect(span('')).toBe('`""`');
  expect(span(' x ')).toBe('`" x "`');
});

test('a long text loses its middle', () => {
  const shown = span(`/srv/${'a'.repeat(200)}/end.txt`);
  expect(shown).toMatch(/^`\/srv\/a+…a+\/end\.txt`$/);
  expect(Array.from(shown)).toHaveLength(62);
});

test('whatever is shown is one code span of bounded length on one line', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 500 }), (text) => {
      const shown = span(text);
      expect(shown.slice(1, -1)).not.toMatch(/[`\p{Cc}\p{Cf}\p{Cs}]/u);
      expect(shown.length).toBeLessThan(700);
      expect(shown.isWellFormed()).toBe(true);
    }),
  );
});

test('lists end in "and", long ones in a count', () => {
  expect(spans(['a'])).toBe('`a`');
  expect(spans(['a', 'b', 'c'])).toBe('`a`, `b` and `c`');
  expect(spans(['a', 'b', 'c', 'd'], 3)).toBe('`a`, `b` and 2 more');
});

test('a phrase is bounded and on one line', () => {
  expect(phrase('it\nbroke\u0000')).toBe('it broke');
  expect(phrase('x'.repeat(300))).toHaveLength(200);
});
