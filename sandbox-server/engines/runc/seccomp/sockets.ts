import type { AllowedCalls } from './entry.ts';

/** `socket`, `socketpair` and `setsockopt` are told by their arguments, below. */
export const sockets: AllowedCalls[] = [
  {
    calls: `bind listen accept accept4 connect shutdown getsockname getpeername getsockopt sendto sendmsg sendmmsg
      recvfrom recvmsg recvmmsg`,
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

export const SOL_PACKET = 263;

/** Levels at which every option may be set (socket.h); but for packets, at every other there is none for the families above. */
export const optionLevels: { level: number; name: string; why: string }[] = [
  { level: 0, name: 'SOL_IP', why: 'addresses, multicast, and the tables of iptables' },
  { level: 1, name: 'SOL_SOCKET', why: 'every server' },
  { level: 6, name: 'SOL_TCP', why: 'every server' },
  { level: 17, name: 'SOL_UDP', why: 'QUIC' },
  { level: 41, name: 'SOL_IPV6', why: 'the same as of IP; and ip6tables' },
  { level: 58, name: 'SOL_ICMPV6', why: 'ping' },
  { level: 255, name: 'SOL_RAW', why: 'ping, where it has a raw socket' },
  { level: 270, name: 'SOL_NETLINK', why: 'ip, dockerd' },
  { level: 282, name: 'SOL_TLS', why: 'libraries that leave encryption to the kernel, where it has that' },
  { level: 284, name: 'SOL_MPTCP', why: 'Go listens with it where the kernel can' },
];

/** Options of packet sockets (if_packet.h). */
export const packetOptions: { option: number; name: string; why: string }[] = [
  { option: 1, name: 'PACKET_ADD_MEMBERSHIP', why: 'looking at packets for others' },
  { option: 2, name: 'PACKET_DROP_MEMBERSHIP', why: 'and no more' },
  { option: 8, name: 'PACKET_AUXDATA', why: 'DHCP clients ask for the checksum’s state' },
  { option: 9, name: 'PACKET_ORIGDEV', why: 'which interface it came by' },
  { option: 20, name: 'PACKET_QDISC_BYPASS', why: 'senders of single packets' },
  { option: 23, name: 'PACKET_IGNORE_OUTGOING', why: 'looking at what comes in' },
];

/** Known to be bad, and told so. */
export const deniedPacketOptions: { option: number; name: string; why: string }[] = [
  {
    option: 5,
    name: 'PACKET_RX_RING',
    why: 'gigabytes of the kernel’s memory on nobody’s account; tcpdump asks for it',
  },
  { option: 13, name: 'PACKET_TX_RING', why: 'the same' },
];
