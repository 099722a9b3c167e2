import { expect, test } from 'vitest';
import { said, verdictOn } from '../check.fixture.ts';
import { imageOf } from '../observer.fixture.ts';

const nginx = { kind: 'image', reference: 'nginx' };

test.each([
  [nginx, [imageOf('a', 'nginx:latest')], 'pass: Image `nginx` is there.'],
  [nginx, [], 'fail: There is no image `nginx` yet; there is no image at all.'],
  [
    nginx,
    [imageOf('a', 'busybox:latest')],
    'fail: There is no image `nginx` yet; there is `busybox:latest`.',
  ],
  [
    nginx,
    [imageOf('a', 'nginx:1.27')],
    'fail: There is `nginx:1.27`, but not `nginx:latest`, which the task asks for.',
  ],
  [{ ...nginx, present: false }, [], 'pass: Image `nginx` is not there, as asked.'],
  [
    { ...nginx, present: false },
    [imageOf('a', 'nginx:latest')],
    'fail: Image `nginx` is still there; the task asks that it be gone.',
  ],
  [nginx, [{ Id: 7 }, null, imageOf('a', 'nginx:latest')], 'pass: Image `nginx` is there.'],
])('%#', async (check, images, expected) => {
  expect(await said(check, { images })).toBe(expected);
});

test('a Docker that is not running is said to be so, with the way to mend it', async () => {
  expect(await verdictOn(nginx, { docker: 'down' })).toMatchObject({
    status: 'could-not-look',
    sentence: 'Docker is not running in your machine. Start it again, then this can be checked.',
    remedy: 'start-docker',
  });
});

test.each([[{ images: {} }], [{ images: 'x' }]])(
  'an answer that is no list could not be looked at %#',
  async (machine) => {
    expect(await said(nginx, machine)).toMatch(/^could-not-look: .*makes no sense/);
  },
);
