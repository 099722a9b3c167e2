import { expect, test } from 'vitest';
import { parseDeb822Sources, parseOneLineSources } from './apt-source.ts';

test('deb822: stanzas, comments, several values, continued lines', () => {
  const text = `# the archive
Types: deb deb-src
# an older address
URIs: http://mirror.example/debian/
Suites: bookworm
  bookworm-updates
Components: main contrib
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

types: deb
URIs: http://mirror.example/security
Suites: bookworm-security
Components: main
`;
  expect(parseDeb822Sources(text)).toEqual([
    {
      uris: ['http://mirror.example/debian/'],
      suites: ['bookworm', 'bookworm-updates'],
      components: ['main', 'contrib'],
      signedBy: '/usr/share/keyrings/debian-archive-keyring.gpg',
    },
    { uris: ['http://mirror.example/security'], suites: ['bookworm-security'], components: ['main'] },
  ]);
});

test('deb822: disabled and source-only stanzas are left out', () => {
  const stanza = (extra: string) =>
    `URIs: http://mirror.example/debian\nSuites: trixie\nComponents: main\n${extra}\n`;
  const text = [
    stanza('Types: deb-src'),
    stanza('Types: deb\nEnabled: no'),
    stanza('Types: deb\nEnabled: yes'),
  ];
  expect(parseDeb822Sources(text.join('\n'))).toHaveLength(1);
});

test('deb822: a key block keeps its lines', () => {
  const text = `Types: deb
URIs: http://mirror.example/debian
Suites: trixie
Components: main
Signed-By:
 -----BEGIN PGP PUBLIC KEY BLOCK-----
 .
 mQINBF
 -----END PGP PUBLIC KEY BLOCK-----
`;
  expect(parseDeb822Sources(text)[0]?.signedBy).toBe(
    '-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmQINBF\n-----END PGP PUBLIC KEY BLOCK-----',
  );
});

test('one line: with and without options, comments, sources', () => {
  const text = `# deb http://old.example/debian trixie main
deb http://mirror.example/debian trixie main contrib # the nearest
deb [arch=amd64 signed-by=/etc/apt/keyrings/ours.gpg] https://mirror.example:8443/debian-security trixie-security main
deb-src http://mirror.example/debian trixie main
`;
  expect(parseOneLineSources(text)).toEqual([
    { uris: ['http://mirror.example/debian'], suites: ['trixie'], components: ['main', 'contrib'] },
    {
      uris: ['https://mirror.example:8443/debian-security'],
      suites: ['trixie-security'],
      components: ['main'],
      signedBy: '/etc/apt/keyrings/ours.gpg',
    },
  ]);
});
