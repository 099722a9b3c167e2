import { expect, test } from 'vitest';
import { cleanPaste, needsConsent } from './paste.ts';

test('a paste cannot close its own brackets', () => {
  expect(cleanPaste('ls\u001b[201~; rm -rf /\u009b201~')).toBe('ls[201~; rm -rf /201~');
});

test('tabs, newlines and what is not ASCII stay; line ends become newlines', () => {
  expect(cleanPaste('a\tb\r\nc\rd\né→🐳')).toBe('a\tb\nc\nd\né→🐳');
});

test('no control character is left', () => {
  const all = Array.from({ length: 160 }, (_, code) => String.fromCharCode(code)).join('');
  expect(cleanPaste(all)).toMatch(/^\t\n\n[ -~]+$/);
});

test('several lines need consent where pastes are not bracketed', () => {
  expect(needsConsent('a\nb', false)).toBe(true);
  expect(needsConsent('a\nb', true)).toBe(false);
  expect(needsConsent('a', false)).toBe(false);
});
