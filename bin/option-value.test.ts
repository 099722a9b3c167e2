import { expect, test } from 'vitest';
import { integerFrom, wordFrom } from './option-value.ts';

test('whole numbers in their bounds', () => {
  expect(integerFrom('--port', '8080', { min: 1, max: 65_535 })).toBe(8080);
  for (const text of ['0', '65536', '80.5', '-1', '', 'http', '1e3', ' 80']) {
    expect(() => integerFrom('--port', text, { min: 1, max: 65_535 })).toThrow(
      'expected a whole number from 1 to 65535',
    );
  }
});

test('one of some words', () => {
  expect(wordFrom('--network', 'none', ['packages', 'none'])).toBe('none');
  expect(() => wordFrom('--network', 'all', ['packages', 'none'])).toThrow('expected one of packages, none');
});
