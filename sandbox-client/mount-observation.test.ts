import { expect, test } from 'vitest';
import { observeMounts, parseMount } from './mount-observation.ts';

test('a line of the kernel, with optional fields and escapes', () => {
  expect(
    parseMount(
      String.raw`36 35 98:0 /a\040b /mnt/two\040words rw,noatime shared:1 master:2 - overlay over\134lay rw,lowerdir=/a:/b\072c,upperdir=/u`,
    ),
  ).toEqual({
    target: '/mnt/two words',
    type: 'overlay',
    source: 'over\\lay',
    root: '/a b',
    device: '98:0',
    options: ['rw', 'noatime'],
    superOptions: ['rw', 'lowerdir=/a:/b:c', 'upperdir=/u'],
  });
});

test('what is cut off or no mount is passed over', () => {
  const mountinfo = Buffer.from('1 0 0:1 / / rw - tmpfs tmpfs rw\nnonsense\n2 1 0:2 / /mnt rw - tm').toString(
    'base64',
  );
  const [table] = observeMounts([{ pid: 1, ns: 'mnt:[1]', root: '/', mountinfo, truncated: true }]);
  expect(table?.mounts.map(({ target }) => target)).toEqual(['/']);
});
