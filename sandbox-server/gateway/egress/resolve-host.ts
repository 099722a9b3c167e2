/** Names to addresses, as this host itself resolves them (its hosts file included), checked before anybody connects. */
import { lookup } from 'node:dns/promises';
import { isIP, type BlockList } from 'node:net';
import { mayConnectTo } from './public-address.ts';
import { EgressRefusal } from './refusal.ts';

const keepMs = 10_000;

export type ResolveHost = (host: string) => Promise<string>;

/**
 * The address to connect to, so that no second look at the name can lead elsewhere. Rejects with an EgressRefusal:
 * `unresolved`, or `inward` where no address of it may be connected to.
 */
export function createResolver({ exceptions }: { exceptions: BlockList }): ResolveHost {
  /** Failures are not kept. All learners ask for the same few names: one lookup serves all who wait for it. */
  const answers = new Map<string, { until: number; address: Promise<string> }>();

  async function resolve(host: string): Promise<string> {
    const found = await lookup(host, { all: true, order: 'ipv4first' }).catch((error: unknown) => {
      const words = `${host} was not found. Either this course has no internet, or there is no such name.`;
      throw new EgressRefusal('unresolved', words, { cause: error });
    });
    const usable = found.map(({ address }) => address).filter((one) => mayConnectTo(one, exceptions));
    if (usable[0] !== undefined) return usable[0];
    const words = `${host} leads into the network of this course's server, where no machine may go.`;
    throw new EgressRefusal('inward', words);
  }

  return (host) => {
    const known = answers.get(host);
    if (known !== undefined && known.until > performance.now()) return known.address;
    const address = resolve(host);
    // An address needs no lookup, and is not worth remembering.
    if (isIP(host) === 0) answers.set(host, { until: performance.now() + keepMs, address });
    address.catch(() => answers.delete(host));
    return address;
  };
}
