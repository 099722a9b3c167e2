import type { AllowedCalls } from './entry.ts';

/** `socket` and `socketpair` are told by their arguments, below. */
export const sockets: AllowedCalls[] = [
  {
    calls: `bind listen accept accept4 connect shutdown getsockname getpeername setsockopt getsockopt sendto sendmsg
      sendmmsg recvfrom recvmsg recvmmsg`,
    why: 'everything about a socket once it is there',
  },
];

export const AF_UNIX = 1;
export const AF_NETLINK = 16;

/** Address families (socket.h); those of every other number, past and to come, are refused as unknown to the kernel. */
export const families: { family: number; name: string; why: string }[] = [
  { family: AF_UNIX, name: 'AF_UNIX', why: 'Docker’s own socket' },
  { family: 2, name: 'AF_INET', why: 'IPv4' },
  { family: 10, name: 'AF_INET6', why: 'IPv6, which programs try first' },
  { family: AF_NETLINK, name: 'AF_NETLINK', why: 'interfaces and routes; some protocols of it only' },
  { family: 17, name: 'AF_PACKET', why: 'ARP, DHCP and looking at packets, in the own network namespace' },
];

/** Up to this number families are denied one by one, above it by one rule. */
export const lastFamily = 46;

/** Protocols of netlink (netlink.h). */
export const netlinkProtocols: { protocol: number; name: string; why: string }[] = [
  { protocol: 0, name: 'NETLINK_ROUTE', why: 'interfaces, addresses, routes: ip, dockerd' },
  { protocol: 4, name: 'NETLINK_SOCK_DIAG', why: 'lists sockets: ss' },
  { protocol: 15, name: 'NETLINK_KOBJECT_UEVENT', why: 'news of devices of the own network namespace' },
  { protocol: 16, name: 'NETLINK_GENERIC', why: 'families by name; each checks capabilities by itself' },
];

/** Known to be bad, and told so; the others are refused as unknown, on which useradd and login go on without auditing. */
export const deniedNetlink: { protocol: number; name: string; why: string }[] = [
  { protocol: 6, name: 'NETLINK_XFRM', why: 'IPsec: page-cache writes, 2026' },
  {
    protocol: 12,
    name: 'NETLINK_NETFILTER',
    why: 'nf_tables; the tree has the legacy iptables, which does without',
  },
];
/** Protocols are numbered below this (MAX_LINKS). */
export const netlinkProtocolsEnd = 32;
