import { readFileSync } from 'node:fs';
import type { Check } from '../check.ts';

/** Bit numbers of linux/capability.h. */
const needed = {
  CAP_CHOWN: 0,
  CAP_DAC_OVERRIDE: 1,
  CAP_FOWNER: 3,
  CAP_KILL: 5,
  CAP_SETGID: 6,
  CAP_SETUID: 7,
  CAP_SETPCAP: 8,
  CAP_NET_ADMIN: 12,
  CAP_SYS_CHROOT: 18,
  CAP_SYS_PTRACE: 19,
  CAP_SYS_ADMIN: 21,
  CAP_MKNOD: 27,
} as const;
const sysResource = 24;

export const capabilitiesCheck: Check<{ bounding: bigint }> = {
  name: 'capabilities',
  needed: 'root with the capabilities that namespaces, mounts and networks take',
  look: async () => {
    const text = /^CapBnd:\s+([0-9a-f]+)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
    return { bounding: BigInt(`0x${text}`) };
  },
  judge({ bounding }) {
    const has = (bit: number) => (bounding & (1n << BigInt(bit))) !== 0n;
    const missing = Object.entries(needed).filter(([, bit]) => !has(bit));
    if (missing.length > 0) {
      const found = `missing: ${missing.map(([name]) => name).join(', ')}`;
      return { status: 'fail', found, mend: 'In a container: run it privileged' };
    }
    const note = has(sysResource) ? '' : ' (no CAP_SYS_RESOURCE, which nothing here needs)';
    return { status: 'ok', found: `all that are needed${note}` };
  },
};
