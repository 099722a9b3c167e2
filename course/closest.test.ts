import { expect, test } from 'vitest';
import { closest, editDistance } from './closest.ts';

test('the nearest word is found over a slip of the fingers or another spelling', () => {
  const words = ['exitCode', 'image', 'openStdin'];
  expect(closest('exit_code', words)).toBe('exitCode');
  expect(closest('iamge', words)).toBe('image');
  expect(closest('open-stdin', words)).toBe('openStdin');
  expect(closest('volume', words)).toBeNull();
  expect(closest('x', [])).toBeNull();
});

test('a swap of neighbours counts one', () => {
  expect(editDistance('proccess', 'process')).toBe(1);
  expect(editDistance('slef', 'self')).toBe(1);
  expect(editDistance('', 'abc')).toBe(3);
});
