/**
 * What nobody in a sandbox may ask of the kernel, whatever capabilities its containers are given: filters stack, so an
 * inner `--security-opt seccomp=unconfined` does not lift this one.
 */

interface DeniedCalls {
  calls: string[];
  why: string;
  /** ENOSYS where programs fall back on it by themselves; EPERM elsewhere. */
  errno?: 'ENOSYS';
}

const denied: DeniedCalls[] = [
  {
    calls: ['io_uring_setup', 'io_uring_enter', 'io_uring_register'],
    why: 'a large, young attack surface',
    errno: 'ENOSYS',
  },
  { calls: ['bpf', 'perf_event_open', 'userfaultfd'], why: 'exploit tooling; no lesson needs them' },
  { calls: ['open_by_handle_at'], why: 'opens files by number, past every path' },
  {
    calls: ['init_module', 'finit_module', 'delete_module', 'create_module', 'query_module'],
    why: 'the kernel is shared',
  },
  { calls: ['kexec_load', 'kexec_file_load', 'reboot'], why: 'the host is shared' },
  {
    calls: ['swapon', 'swapoff', 'acct', 'quotactl', 'quotactl_fd', 'nfsservctl'],
    why: 'resources of the host',
  },
  {
    calls: ['settimeofday', 'clock_settime', 'clock_settime64', 'adjtimex', 'clock_adjtime', 'stime'],
    why: 'one clock for all',
  },
  { calls: ['syslog', 'lookup_dcookie', 'fanotify_init', 'vhangup'], why: 'looks at or hangs up the host' },
  {
    calls: ['iopl', 'ioperm', 'uselib', 'ustat', 'sysfs', '_sysctl', 'vm86', 'vm86old'],
    why: 'obsolete or hardware',
  },
  { calls: ['move_pages', 'mbind', 'migrate_pages', 'set_mempolicy'], why: 'NUMA placement is the host’s' },
  // runc and crun go on without a session keyring on ENOSYS, and on nothing else.
  {
    calls: ['keyctl', 'add_key', 'request_key'],
    why: 'kernel keyrings are not namespaced by id',
    errno: 'ENOSYS',
  },
];

/** Address families that may be opened: unix, IPv4, IPv6, netlink, packet. All others up to the kernel's last are denied. */
const allowedFamilies = new Set([1, 2, 10, 16, 17]);
const lastFamily = 46;

/** Netlink protocols denied: XFRM (6) and netfilter (12); the tree's iptables is the legacy one, which needs neither. */
const deniedNetlink = [6, 12];
const AF_NETLINK = 16;

const EPERM = 1;
const ENOSYS = 38;
const EAFNOSUPPORT = 97;

const architectures: Record<string, string> = { x64: 'SCMP_ARCH_X86_64', arm64: 'SCMP_ARCH_AARCH64' };

/** `linux.seccomp` of the OCI runtime specification. Native architecture only: the 32-bit calls would pass unfiltered. */
export function seccompProfile(nodeArchitecture: string) {
  const architecture = architectures[nodeArchitecture];
  if (architecture === undefined) throw new Error(`no seccomp profile for ${nodeArchitecture}`);
  const calls = denied.map(({ calls: names, errno }) => ({
    names,
    action: 'SCMP_ACT_ERRNO',
    errnoRet: errno === 'ENOSYS' ? ENOSYS : EPERM,
  }));
  const families = Array.from({ length: lastFamily + 1 }, (_, family) => family)
    .filter((family) => !allowedFamilies.has(family))
    .map((family) => ({
      names: ['socket'],
      action: 'SCMP_ACT_ERRNO',
      errnoRet: EAFNOSUPPORT,
      args: [{ index: 0, value: family, op: 'SCMP_CMP_EQ' }],
    }));
  const netlink = deniedNetlink.map((protocol) => ({
    names: ['socket'],
    action: 'SCMP_ACT_ERRNO',
    errnoRet: EPERM,
    args: [
      { index: 0, value: AF_NETLINK, op: 'SCMP_CMP_EQ' },
      { index: 2, value: protocol, op: 'SCMP_CMP_EQ' },
    ],
  }));
  return {
    defaultAction: 'SCMP_ACT_ALLOW',
    architectures: [architecture],
    syscalls: [...calls, ...families, ...netlink],
  };
}
