import { expect, test } from 'vitest';
import { describeTransfer } from './transfer-list.ts';

test('a transfer says where it stands', () => {
  const into = { name: 'a.txt', way: 'in' } as const;
  expect(describeTransfer(into, { kind: 'moving', doneBytes: 10, totalBytes: 20 })).toBe(
    'a.txt into the machine: 10 B of 20 B',
  );
  expect(describeTransfer(into, { kind: 'done', text: '/root/a.txt' })).toBe(
    'a.txt is in the machine: /root/a.txt',
  );
  expect(describeTransfer({ ...into, way: 'out' }, { kind: 'moving', doneBytes: 1, totalBytes: null })).toBe(
    'a.txt out of the machine: 1 B',
  );
  expect(describeTransfer(into, { kind: 'failed', text: 'The disk is full.', exists: false })).toBe(
    'a.txt: The disk is full.',
  );
});
