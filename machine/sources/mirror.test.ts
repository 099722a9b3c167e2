import { expect, test } from 'vitest';
import { parseOneLineSources } from './apt-source.ts';
import { chooseMirror } from './mirror.ts';

const choose = (lines: string[], env: NodeJS.ProcessEnv = {}) =>
  chooseMirror(parseOneLineSources(lines.join('\n')), env);

test('Debian 12: the main and the security mirror, without slashes at their ends', () => {
  const mirror = choose([
    'deb http://mirror.example/debian/ bookworm main',
    'deb http://mirror.example/debian/ bookworm-updates main',
    'deb https://security.example/debian-security bookworm-security main',
  ]);
  expect(mirror).toEqual({
    main: { uri: 'http://mirror.example/debian' },
    security: { uri: 'https://security.example/debian-security' },
  });
});

test('another vendor that names a Debian suite is not a mirror of Debian', () => {
  const mirror = choose([
    'deb [signed-by=/etc/apt/keyrings/vendor.gpg] https://apt.vendor.example bookworm main',
    'deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://cache.example/d bookworm main',
  ]);
  expect(mirror.main.uri).toBe('http://cache.example/d');
  expect(mirror.security).toBeNull();
});

test('addresses that only this machine can open do not count', () => {
  const lines = ['deb cdrom:[Debian]/ trixie main', 'deb file:/srv/debian trixie main'];
  expect(() => choose(lines)).toThrow(/None of the 2 package sources/);
});

test('Ubuntu: says which settings to give, and takes them', () => {
  const ubuntu = [
    'deb http://archive.example/ubuntu noble main',
    'deb http://archive.example/ubuntu noble-security main',
  ];
  expect(() => choose(ubuntu)).toThrow(
    expect.objectContaining({
      code: 'HOST_UNSUITABLE',
      message: expect.stringMatching(/CHROOTCAMP_DEBIAN_MIRROR.*CHROOTCAMP_DEBIAN_SECURITY_MIRROR/),
    }),
  );
  const mirror = choose(ubuntu, {
    CHROOTCAMP_DEBIAN_MIRROR: 'https://mirror.example/debian/',
    CHROOTCAMP_DEBIAN_SECURITY_MIRROR: 'https://mirror.example/debian-security',
  });
  expect(mirror).toEqual({
    main: { uri: 'https://mirror.example/debian' },
    security: { uri: 'https://mirror.example/debian-security' },
  });
});

test('a setting that is no address is refused', () => {
  expect(() => choose([], { CHROOTCAMP_DEBIAN_MIRROR: 'mirror.example' })).toThrow(
    /is "mirror.example"; expected/,
  );
});
