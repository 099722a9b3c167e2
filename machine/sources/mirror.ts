import { CodedError } from '../../protocol/errors.ts';
import type { AptSource } from './apt-source.ts';

/** Where Debian packages come from. */
export interface DebianMirror {
  main: MirrorSource;
  /** Null when this machine takes no security updates either. */
  security: MirrorSource | null;
}

export interface MirrorSource {
  /** http or https, without a slash at its end. */
  uri: string;
  /** See `AptSource.signedBy`; Debian's own keyring where absent. */
  signedBy?: string;
}

const mirrorVariable = 'CHROOTCAMP_DEBIAN_MIRROR';
const securityMirrorVariable = 'CHROOTCAMP_DEBIAN_SECURITY_MIRROR';

/**
 * The Debian mirror that the host's own package sources name, whatever release the host runs; the two variables come
 * first. Throws HOST_UNSUITABLE where neither names one, as on Ubuntu.
 */
export function chooseMirror(sources: AptSource[], env: NodeJS.ProcessEnv = process.env): DebianMirror {
  const main = fromVariable(env, mirrorVariable) ?? best(sources.filter(isMain), scoreMain);
  const security = fromVariable(env, securityMirrorVariable) ?? best(sources.filter(isSecurity), () => 1);
  if (main !== null) return { main, security };
  throw new CodedError(
    'HOST_UNSUITABLE',
    `None of the ${sources.length} package sources of this machine is a Debian mirror, and the course's machines are ` +
      `made of Debian packages. Set ${mirrorVariable} to the address of a Debian mirror (and ` +
      `${securityMirrorVariable} to that of a mirror of Debian's security updates), then start again.`,
  );
}

const release = '(?:old)*stable|testing|unstable|sid|bullseye|bookworm|trixie|forky|duke';
const mainSuite = new RegExp(`^(?:${release})$`);
const securitySuite = new RegExp(`^(?:${release})(?:-security|/updates)$`);
const mainUri = /\/debian$/;

function isMain(source: AptSource): boolean {
  return source.suites.some((suite) => mainSuite.test(suite)) && scoreMain(source) > 0;
}

function isSecurity(source: AptSource): boolean {
  return source.suites.some((suite) => securitySuite.test(suite)) && source.components.includes('main');
}

/** Other vendors' repositories name Debian's suites too; 0 for what nothing marks as Debian's own. */
function scoreMain(source: AptSource): number {
  if (!source.components.includes('main')) return 0;
  const marks = [
    source.uris.some((uri) => mainUri.test(trimSlash(uri))),
    source.suites.some((suite) => suite.endsWith('-updates')),
    source.signedBy !== undefined && /\/debian-archive-[^/]*$/.test(source.signedBy),
  ];
  return marks.filter(Boolean).length;
}

function best(sources: AptSource[], score: (source: AptSource) => number): MirrorSource | null {
  const usable = sources
    .map((source) => ({ source, uri: source.uris.find((uri) => /^https?:\/\//.test(uri)) }))
    .sort((a, b) => score(b.source) - score(a.source));
  for (const { source, uri } of usable) {
    if (uri === undefined) continue;
    const signedBy = source.signedBy;
    return { uri: trimSlash(uri), ...(signedBy === undefined ? {} : { signedBy }) };
  }
  return null;
}

function fromVariable(env: NodeJS.ProcessEnv, name: string): MirrorSource | null {
  const value = env[name];
  if (value === undefined || value === '') return null;
  if (URL.canParse(value) && /^https?:/.test(value)) return { uri: trimSlash(value) };
  throw new CodedError(
    'HOST_UNSUITABLE',
    `${name} is "${value}"; expected an address that begins with http:// or https://.`,
  );
}

function trimSlash(uri: string): string {
  return uri.replace(/\/+$/, '');
}
