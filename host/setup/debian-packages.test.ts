import { expect, test } from 'vitest';
import { installedPackages, neededPackages, parseInstalled } from './debian-packages.ts';

test('the table names each package once and says why', () => {
  const needed = neededPackages('test');
  const names = needed.map((row) => row.package);
  expect(new Set(names).size).toBe(names.length);
  expect(names).toContain('runc');
});

test('running needs no package of the tests', () => {
  const names = neededPackages('run').map((row) => row.package);
  expect(names).not.toContain('chromium');
  expect(neededPackages('test').map((row) => row.package)).toEqual(
    expect.arrayContaining([...names, 'chromium']),
  );
});

test('of the runtimes, only the chosen one is needed', () => {
  const runtimes = (chosen?: 'runc' | 'crun') =>
    neededPackages('run', chosen)
      .map((row) => row.package)
      .filter((name) => /^c?runc?$/.test(name));
  expect(runtimes()).toEqual(['runc']);
  expect(runtimes('crun')).toEqual(['crun']);
});

test('installed is what is unpacked and configured: not removed, not half', () => {
  const text = 'runc\tii \nlibc6-dev:amd64\tii \nheld\thi \nremoved\trc \nhalf\tiU \nunknown\tun \n';
  expect(parseInstalled(text)).toEqual(new Set(['runc', 'libc6-dev', 'held']));
});

test('asks dpkg of packages it knows and does not know', async () => {
  expect(await installedPackages(['dpkg', 'no-such-package-here'])).toEqual(new Set(['dpkg']));
});
