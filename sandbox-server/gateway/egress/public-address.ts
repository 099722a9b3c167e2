/** Which addresses the egress proxy may connect to: those of the internet, and what the operator names besides. */
import { BlockList, isIP } from 'node:net';
import { networkInterfaces } from 'node:os';

/**
 * IPv4 networks that lead inwards or nowhere (IANA's special-purpose registry), and one public address that clouds
 * answer themselves. The documentation networks are not among them: nothing is behind them, and test set-ups use them.
 */
const inward4 = [
  ['0.0.0.0', 8], // this network; Linux takes 0.0.0.0 for itself
  ['10.0.0.0', 8], // private
  ['100.64.0.0', 10], // carrier-grade NAT; a cloud's metadata at 100.100.100.200
  ['127.0.0.0', 8], // loopback
  ['168.63.129.16', 32], // Azure's host agent
  ['169.254.0.0', 16], // link-local; most clouds' metadata
  ['172.16.0.0', 12], // private
  ['192.0.0.0', 24], // protocol assignments; a cloud's metadata at 192.0.0.192
  ['192.88.99.0', 24], // 6to4 relays
  ['192.168.0.0', 16], // private
  ['198.18.0.0', 15], // benchmarks of network devices
  ['224.0.0.0', 3], // multicast, reserved, broadcast
] as const;

/** Of IPv6 only what is global unicast; in it, these carry an IPv4 address that nobody has checked. */
const global6 = ['2000::', 3] as const;
const inward6 = [
  ['2001::', 23], // protocol assignments, Teredo among them
  ['2002::', 16], // 6to4
] as const;

function listOf4(): BlockList {
  const list = new BlockList();
  for (const [network, bits] of inward4) list.addSubnet(network, bits, 'ipv4');
  return list;
}

function listOf6(networks: readonly (readonly [string, number])[]): BlockList {
  const list = new BlockList();
  for (const [network, bits] of networks) list.addSubnet(network, bits, 'ipv6');
  return list;
}

const refused4 = listOf4();
const allowed6 = listOf6([global6]);
const refused6 = listOf6(inward6);

/** False also for what is no address. */
export function isPublicAddress(address: string): boolean {
  // A zone names an interface of this host.
  if (address.includes('%')) return false;
  switch (isIP(address)) {
    case 4:
      return !refused4.check(address, 'ipv4');
    case 6:
      return allowed6.check(address, 'ipv6') && !refused6.check(address, 'ipv6');
    default:
      return false;
  }
}

/** Networks as `10.1.2.0/24`. Throws a TypeError or RangeError for what is none. */
export function networksOf(cidrs: readonly string[]): BlockList {
  const list = new BlockList();
  for (const cidr of cidrs) {
    const [network = '', bits] = cidr.split('/');
    const family = isIP(network) === 6 ? 'ipv6' : 'ipv4';
    list.addSubnet(network, Number(bits ?? (family === 'ipv6' ? 128 : 32)), family);
  }
  return list;
}

function isOwnAddress(address: string): boolean {
  return Object.values(networkInterfaces()).some((ends) => ends?.some((end) => end.address === address));
}

/** Public and not this host's own, or in one of the operator's networks. */
export function mayConnectTo(address: string, exceptions: BlockList): boolean {
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
  if (isIP(address) !== 0 && !address.includes('%') && exceptions.check(address, family)) return true;
  return isPublicAddress(address) && !isOwnAddress(address);
}
