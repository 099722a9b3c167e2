import type { DebianMirror, MirrorSource } from '../sources/mirror.ts';

export const debianRelease = 'trixie';
export const debianKeyring = '/usr/share/keyrings/debian-archive-keyring.gpg';

/** The text of a `debian.sources` for the machines' release, with the keyrings where `keyringOf` says. */
export function renderSources(mirror: DebianMirror, keyringOf: (source: MirrorSource) => string): string {
  const stanza = (source: MirrorSource, suites: string) =>
    [
      'Types: deb',
      `URIs: ${source.uri}`,
      `Suites: ${suites}`,
      'Components: main',
      `Signed-By: ${keyringOf(source)}`,
      '',
    ].join('\n');
  const stanzas = [stanza(mirror.main, `${debianRelease} ${debianRelease}-updates`)];
  if (mirror.security !== null) stanzas.push(stanza(mirror.security, `${debianRelease}-security`));
  return stanzas.join('\n');
}
