import { networkInterfaces } from 'node:os';

/** The origins whose pages may act here: exact strings, from configuration, never from a request. */
export class OriginList {
  readonly #origins = new Set<string>();

  constructor(origins: readonly string[]) {
    this.add(origins);
  }

  add(origins: readonly string[]): void {
    for (const origin of origins) this.#origins.add(new URL(origin).origin);
  }

  /** A request without an Origin is not from a page and is refused as well. */
  allows(origin: string | undefined): boolean {
    return origin !== undefined && this.#origins.has(origin);
  }

  explain(origin: string | undefined): string {
    return `Origin ${origin ?? '(none)'} is not among ${this.toString()}; publicOrigins in the portal's configuration lists them`;
  }

  /** Cookies may then be restricted to https. */
  get areAllSecure(): boolean {
    return this.#origins.size > 0 && [...this.#origins].every((origin) => origin.startsWith('https://'));
  }

  toString(): string {
    return [...this.#origins].join(', ');
  }
}

/** What learners may have in their address bar where nothing is configured. */
export function originsOf({ host, port }: { host: string; port: number }): string[] {
  const listening = host === '0.0.0.0' || host === '::' ? ownAddresses() : [host];
  return [...new Set([...listening, 'localhost', '127.0.0.1'])].map((name) => {
    return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
  });
}

function ownAddresses(): string[] {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter((one) => !one.address.startsWith('fe80:'))
    .map((one) => one.address);
}
