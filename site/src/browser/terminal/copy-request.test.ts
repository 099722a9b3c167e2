import { expect, test } from 'vitest';
import { readCopyRequest } from './copy-request.ts';

const encode = (text: string) => Buffer.from(text).toString('base64');

test('text to copy is read', () => {
  expect(readCopyRequest(`c;${encode('grüße 🐳')}`)).toBe('grüße 🐳');
  expect(readCopyRequest(`;${encode('x')}`)).toBe('x');
});

test('a question for the clipboard, nonsense and what is too large are nothing', () => {
  expect(readCopyRequest('c;?')).toBeNull();
  expect(readCopyRequest('c;!!!')).toBeNull();
  expect(readCopyRequest('c;')).toBeNull();
  expect(readCopyRequest('nothing')).toBeNull();
  expect(readCopyRequest(`c;${Buffer.from([0xff, 0xfe]).toString('base64')}`)).toBeNull();
  expect(readCopyRequest(`c;${encode('x'.repeat(70_000))}`)).toBeNull();
});
