/**
 * Capabilities of root inside, all of them held in the sandbox's own user namespace only. Left out is what means nothing
 * there or only widens what of the kernel can be reached. Each that is granted has a test that fails without it
 * (tests/escape/rights/).
 */
import { readFileSync } from 'node:fs';

/** By bit number (linux/capability.h). */
const names = [
  'CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID KILL SETGID SETUID SETPCAP LINUX_IMMUTABLE NET_BIND_SERVICE',
  'NET_BROADCAST NET_ADMIN NET_RAW IPC_LOCK IPC_OWNER SYS_MODULE SYS_RAWIO SYS_CHROOT SYS_PTRACE SYS_PACCT SYS_ADMIN',
  'SYS_BOOT SYS_NICE SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG MKNOD LEASE AUDIT_WRITE AUDIT_CONTROL SETFCAP MAC_OVERRIDE',
  'MAC_ADMIN SYSLOG WAKE_ALARM BLOCK_SUSPEND AUDIT_READ PERFMON BPF CHECKPOINT_RESTORE',
]
  .join(' ')
  .split(' ')
  .map((name) => `CAP_${name}`);

const withheld: Record<string, string> = {
  CAP_SYS_MODULE: 'modules load for the whole host',
  CAP_SYS_RAWIO: 'raw I/O is for the owner of the hardware',
  CAP_SYS_TIME: 'the clock is not namespaced',
  CAP_SYS_BOOT: 'kexec and reboot concern the host',
  CAP_SYS_RESOURCE: 'limits are raised by the host’s root alone; so those of /proc/sys/user stay as they are',
  CAP_SYS_TTY_CONFIG: 'vhangup(2) is denied; what else asks for it has a real console',
  CAP_LINUX_IMMUTABLE: 'the kernel asks for it in its first user namespace only',
  CAP_LEASE: 'the kernel asks for it in its first user namespace only; leases on one’s own files need none',
  CAP_NET_BROADCAST: 'only listens to other network namespaces',
  CAP_SYS_PACCT: 'process accounting is not namespaced',
  CAP_SYSLOG: 'the kernel log and kernel addresses are the host’s',
  CAP_AUDIT_CONTROL: 'auditing is the host’s',
  CAP_AUDIT_READ: 'auditing is the host’s',
  CAP_MAC_ADMIN: 'security modules are the host’s',
  CAP_MAC_OVERRIDE: 'security modules are the host’s',
  CAP_WAKE_ALARM: 'wakes the host',
  CAP_BLOCK_SUSPEND: 'keeps the host awake',
  CAP_BPF: 'bpf(2) is denied',
  CAP_PERFMON: 'perf_event_open(2) is denied',
};

/** Of a set as /proc/PID/status writes it, hexadecimal. */
export function capabilityNames(hex: string): string[] {
  const set = BigInt(`0x${hex}`);
  return names.filter((_, bit) => (set >> BigInt(bit)) % 2n === 1n);
}

/** `boundingHex`: `CapBnd` of /proc/PID/status, what this host lets anyone hold. */
export function capabilitiesWithin(boundingHex: string): string[] {
  return capabilityNames(boundingHex).filter((name) => !(name in withheld));
}

export function hostBoundingSet(): string {
  const match = /^CapBnd:\s*([0-9a-f]+)$/m.exec(readFileSync('/proc/self/status', 'utf8'));
  if (match?.[1] === undefined) throw new Error('no CapBnd line in /proc/self/status');
  return match[1];
}
