import { expect, test } from 'vitest';
import { readServerMessage } from './server-message.ts';

test('a message is read', () => {
  const hello = { type: 'hello', seq: 5, mode: 'resume', cols: 80, rows: 24 };
  expect(readServerMessage(JSON.stringify(hello))).toEqual(hello);
});

test('a message of a later version is passed over', () => {
  expect(readServerMessage('{"type":"weather","rain":true}')).toBeNull();
});

test.each([
  'not JSON',
  '{"seq":1}',
  '{"type":"hello","seq":"1","mode":"resume","cols":80,"rows":24}',
  '{"type":"hello","seq":1,"mode":"replay","cols":80,"rows":24}',
  '{"type":"notice","kind":"upstream-lost"}',
])('%s is an error', (frame) => {
  expect(() => readServerMessage(frame)).toThrow();
});
