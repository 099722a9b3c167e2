import { mirrorSources, type PackageSources, readPackageSources } from './sources/package-sources.ts';

/** A server that packages come from. */
export interface PackageHost {
  host: string;
  port: number;
  scheme: 'http' | 'https';
}

/**
 * The servers of the Debian mirrors and the npm registry this machine is configured with, each once: what the gateway
 * of a sandbox lets through. Throws HOST_UNSUITABLE as `chooseMirror` does.
 */
export async function packageHosts(): Promise<PackageHost[]> {
  return hostsOf(await readPackageSources());
}

export function hostsOf(sources: Pick<PackageSources, 'mirror' | 'npmRegistry'>): PackageHost[] {
  const addresses = [...mirrorSources(sources.mirror).map((source) => source.uri), sources.npmRegistry];
  const hosts = new Map<string, PackageHost>();
  for (const address of addresses) {
    const url = new URL(address);
    const scheme = url.protocol === 'https:' ? 'https' : 'http';
    const port = url.port === '' ? { http: 80, https: 443 }[scheme] : Number(url.port);
    hosts.set(`${scheme}://${url.hostname}:${port}`, { host: url.hostname, port, scheme });
  }
  return [...hosts.values()];
}
