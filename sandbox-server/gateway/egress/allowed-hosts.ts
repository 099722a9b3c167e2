/** The package sources: `name` on ports 80 and 443, or `name:port`. */
import { EgressRefusal } from './refusal.ts';

const usualPorts = [80, 443];

export class AllowedHosts {
  /** Lower case. */
  readonly names: ReadonlySet<string>;
  /** On which somebody may be asked for, the usual ones included. */
  readonly ports: readonly number[];
  readonly #pairs: ReadonlySet<string>;

  constructor(hosts: readonly string[]) {
    const pairs = hosts.flatMap((host) => {
      const [name = '', port] = host.toLowerCase().split(':');
      return port === undefined
        ? usualPorts.map((usual) => [name, usual] as const)
        : [[name, Number(port)] as const];
    });
    this.names = new Set(pairs.map(([name]) => name));
    this.ports = [...new Set([...usualPorts, ...pairs.map(([, port]) => port)])];
    this.#pairs = new Set(pairs.map(([name, port]) => `${name}:${port}`));
  }

  /** The name as it is allowed; throws an EgressRefusal. */
  require(name: string, port: number): string {
    const plain = name.toLowerCase().replace(/\.$/, '');
    if (this.#pairs.has(`${plain}:${port}`)) return plain;
    const shown = /^[a-z0-9.-]{1,253}$/.test(plain) ? plain : 'That host';
    throw new EgressRefusal(
      'host',
      `${shown} is not among the package sources that machines here may reach.`,
    );
  }
}
