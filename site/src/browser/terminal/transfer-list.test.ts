import { expect, test } from 'vitest';
import { sayBytes } from './transfer.ts';
import { describeTransfer } from './transfer-list.ts';

test('sizes as one reads them', () => {
  expect([0, 999, 1_500, 99_960, 250_000, 268_435_456].map(sayBytes)).toEqual([
    '0 bytes',
    '999 bytes',
    '1.5 kB',
    '100.0 kB',
    '250 kB',
    '268 MB',
  ]);
});

test('a transfer says where it stands', () => {
  const into = { name: 'a.txt', way: 'in' } as const;
  expect(describeTransfer(into, { kind: 'moving', doneBytes: 10, totalBytes: 20 })).toBe(
    'a.txt into the machine: 10 bytes of 20 bytes',
  );
  expect(describeTransfer(into, { kind: 'done', text: '/root/a.txt' })).toBe(
    'a.txt is in the machine: /root/a.txt',
  );
  expect(describeTransfer({ ...into, way: 'out' }, { kind: 'moving', doneBytes: 1, totalBytes: null })).toBe(
    'a.txt out of the machine: 1 bytes',
  );
  expect(describeTransfer(into, { kind: 'failed', text: 'The disk is full.', exists: false })).toBe(
    'a.txt: The disk is full.',
  );
});
