import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type AptSettings, readAptSettings } from './apt-settings.ts';
import { readHostSources } from './host-sources.ts';
import { type ForeignKey, readForeignKey } from './foreign-key.ts';
import { chooseMirror, type DebianMirror, type MirrorSource } from './mirror.ts';
import { npmRegistry } from './npm-registry.ts';

/** Where packages come from, all of it read from this machine's own configuration. */
export interface PackageSources {
  mirror: DebianMirror;
  apt: AptSettings;
  /** By mirror URI. */
  foreignKeys: ReadonlyMap<string, ForeignKey>;
  npmRegistry: string;
  /** Certificate authorities the administrator added (`/usr/local/share/ca-certificates`), by file name. */
  certificates: ReadonlyMap<string, string>;
}

const certificateDir = '/usr/local/share/ca-certificates';

export async function readPackageSources(): Promise<PackageSources> {
  const [hostSources, apt, registry, certificates] = await Promise.all([
    readHostSources(),
    readAptSettings(),
    npmRegistry(),
    readCertificates(),
  ]);
  const mirror = chooseMirror(hostSources);
  const foreignKeys = new Map<string, ForeignKey>();
  for (const source of mirrorSources(mirror)) {
    const key = await readForeignKey(source);
    if (key !== null) foreignKeys.set(source.uri, key);
  }
  return { mirror, apt, foreignKeys, npmRegistry: registry, certificates };
}

export function mirrorSources(mirror: DebianMirror): MirrorSource[] {
  return mirror.security === null ? [mirror.main] : [mirror.main, mirror.security];
}

/** What of it everything made of Debian packages depends on, as text to hash. */
export function fingerprint(sources: PackageSources): string {
  return JSON.stringify({
    mirrors: mirrorSources(sources.mirror).map((source) => [
      source.uri,
      sources.foreignKeys.get(source.uri)?.name,
    ]),
    validity: sources.apt.validity,
    certificates: [...sources.certificates],
  });
}

async function readCertificates(): Promise<ReadonlyMap<string, string>> {
  const names = await readdir(certificateDir).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const certificates = new Map<string, string>();
  for (const name of names.filter((each) => each.endsWith('.crt')).sort()) {
    certificates.set(name, await readFile(join(certificateDir, name), 'utf8'));
  }
  return certificates;
}
