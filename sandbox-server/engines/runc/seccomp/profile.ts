/**
 * What anybody in a sandbox may ask of the kernel, made from the tables beside this file. An allow-list: the start was
 * Docker's default profile, to which comes what nested Docker and the lessons need. Filters stack, so an inner
 * `--security-opt seccomp=unconfined` does not lift this one.
 */
import { denied } from './denied.ts';
import { namesIn } from './entry.ts';
import { files } from './files.ts';
import { memory } from './memory.ts';
import { namespaces } from './namespaces.ts';
import { personalities } from './personality.ts';
import { processes } from './processes.ts';
import {
  AF_NETLINK,
  AF_UNIX,
  deniedNetlink,
  deniedPacketOptions,
  families,
  lastFamily,
  netlinkProtocols,
  netlinkProtocolsEnd,
  optionLevels,
  packetOptions,
  SOL_PACKET,
  sockets,
} from './sockets.ts';
import { time } from './time.ts';

export const allowed = { files, memory, processes, time, namespaces, sockets };

const errnoOf = { EPERM: 1, ENOSYS: 38, EPROTONOSUPPORT: 93, EAFNOSUPPORT: 97 } as const;

interface Condition {
  index: number;
  value: number;
  op: 'SCMP_CMP_EQ' | 'SCMP_CMP_GE';
}

export interface SeccompRule {
  names: string[];
  action: 'SCMP_ACT_ALLOW' | 'SCMP_ACT_ERRNO';
  errnoRet?: number;
  args?: Condition[];
}

const equals = (index: number, value: number): Condition => ({ index, value, op: 'SCMP_CMP_EQ' });
const atLeast = (index: number, value: number): Condition => ({ index, value, op: 'SCMP_CMP_GE' });
const allow = (names: string[], ...args: Condition[]): SeccompRule => ({
  names,
  action: 'SCMP_ACT_ALLOW',
  ...(args.length > 0 ? { args } : {}),
});
const refuse = (names: string[], errno: keyof typeof errnoOf, ...args: Condition[]): SeccompRule => ({
  names,
  action: 'SCMP_ACT_ERRNO',
  errnoRet: errnoOf[errno],
  ...(args.length > 0 ? { args } : {}),
});
const upTo = (end: number): number[] => Array.from({ length: end }, (_, number) => number);

/**
 * The kernel looks at the lower 32 bits of a family, the filter at all 64: a rule for one number alone would be passed by
 * the same number with a higher bit set. `atLeast` is what meets those.
 */
function familyRules(
  call: 'socket' | 'socketpair',
  permitted: number[],
  elsewhere: number[] = [],
): SeccompRule[] {
  const known = [...permitted, ...elsewhere];
  const refused = upTo(lastFamily + 1).filter((family) => !known.includes(family));
  return [
    ...permitted.map((family) => allow([call], equals(0, family))),
    ...refused.map((family) => refuse([call], 'EAFNOSUPPORT', equals(0, family))),
    refuse([call], 'EAFNOSUPPORT', atLeast(0, lastFamily + 1)),
  ];
}

function netlinkRules(): SeccompRule[] {
  const known = [...netlinkProtocols, ...deniedNetlink].map(({ protocol }) => protocol);
  const unknown = upTo(netlinkProtocolsEnd).filter((protocol) => !known.includes(protocol));
  const isNetlink = equals(0, AF_NETLINK);
  return [
    ...netlinkProtocols.map(({ protocol }) => allow(['socket'], isNetlink, equals(2, protocol))),
    ...deniedNetlink.map(({ protocol }) => refuse(['socket'], 'EPERM', isNetlink, equals(2, protocol))),
    ...unknown.map((protocol) => refuse(['socket'], 'EPROTONOSUPPORT', isNetlink, equals(2, protocol))),
    refuse(['socket'], 'EPROTONOSUPPORT', isNetlink, atLeast(2, netlinkProtocolsEnd)),
  ];
}

/**
 * Of what stands in no rule the filter says ENOSYS, higher bits included. A rule for each of the others made every command
 * and every start a quarter slower: libseccomp compiles them all each time.
 */
function optionRules(): SeccompRule[] {
  const isPacket = equals(1, SOL_PACKET);
  return [
    ...optionLevels.map(({ level }) => allow(['setsockopt'], equals(1, level))),
    ...packetOptions.map(({ option }) => allow(['setsockopt'], isPacket, equals(2, option))),
    ...deniedPacketOptions.map(({ option }) => refuse(['setsockopt'], 'EPERM', isPacket, equals(2, option))),
  ];
}

const architectures: Record<string, string> = { x64: 'SCMP_ARCH_X86_64', arm64: 'SCMP_ARCH_AARCH64' };

/** `linux.seccomp` of the OCI runtime specification. Native architecture only: the 32-bit calls would pass unfiltered. */
export function seccompProfile(nodeArchitecture: string) {
  const architecture = architectures[nodeArchitecture];
  if (architecture === undefined) throw new Error(`no seccomp profile for ${nodeArchitecture}`);
  const plainFamilies = families.map(({ family }) => family).filter((family) => family !== AF_NETLINK);
  return {
    defaultAction: 'SCMP_ACT_ERRNO',
    // What a newer call gets from an older kernel, so that every C library has a way around it.
    defaultErrnoRet: errnoOf.ENOSYS,
    architectures: [architecture],
    syscalls: [
      ...Object.values(allowed).map((entries) => allow(entries.flatMap(namesIn))),
      ...personalities.map(({ value }) => allow(['personality'], equals(0, value))),
      ...familyRules('socket', plainFamilies, [AF_NETLINK]),
      ...netlinkRules(),
      ...familyRules('socketpair', [AF_UNIX]),
      ...optionRules(),
      ...denied.map((entry) => refuse(namesIn(entry), entry.errno)),
    ],
  };
}
