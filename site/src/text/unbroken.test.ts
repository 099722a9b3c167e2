import { expect, test } from 'vitest';
import { codeSpanClass, isOption, splitAtOptions } from './unbroken.ts';

test('a word of code stays on one line, where it is short enough for a narrow screen', () => {
  expect(codeSpanClass('-i')).toBe('unbroken');
  expect(codeSpanClass('lts-slim')).toBe('unbroken');
  expect(codeSpanClass('docker run')).toBe('');
  expect(codeSpanClass('/srv/jail/library/reply.txt')).toBe('');
});

test('options are told from what stands beside them', () => {
  expect(splitAtOptions('docker run -it --detach-keys ctrl-x busybox')).toEqual([
    'docker run ',
    '-it',
    ' ',
    '--detach-keys',
    ' ctrl-x busybox',
  ]);
  expect(splitAtOptions('-i')).toEqual(['-i']);
  expect(splitAtOptions('a-b - --')).toEqual(['a-b - --']);
  expect(['-i', '--rm', '-', '--', 'a-b', '- i'].filter(isOption)).toEqual(['-i', '--rm']);
});
