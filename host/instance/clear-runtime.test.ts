import { expect, test } from 'vitest';
import { mountsBelow } from './clear-runtime.ts';

const mountInfo = `22 1 254:0 / / rw - ext4 /dev/vda rw
30 22 0:40 / /run/chrootcamp/1234abcd/sandboxes/sb/x/disk rw - ext4 /dev/loop0 rw
31 22 0:41 / /run/chrootcamp/1234abcd/sandboxes/sb/x/disk/with\\040space rw - tmpfs none rw
32 22 0:42 / /run/chrootcamp/1234abcdef rw - tmpfs none rw
`;

test('finds what is mounted below, innermost first, and nothing of a neighbour', () => {
  expect(mountsBelow('/run/chrootcamp/1234abcd', mountInfo)).toEqual([
    '/run/chrootcamp/1234abcd/sandboxes/sb/x/disk/with space',
    '/run/chrootcamp/1234abcd/sandboxes/sb/x/disk',
  ]);
});
