/** Settings of the one kernel. Files are opened for writing and not written: a wall that is down harms nobody. */
import type { EscapeCase } from '../escape-case.ts';

const openedIn = (id: string, name: string, files: string, more: Partial<EscapeCase> = {}): EscapeCase => ({
  id,
  name,
  script: `opened ${files}; [ ! -d /host/proc ] || opened $(for f in ${files}; do echo /host$f; done); echo end`,
  expect: /^end\n$/,
  ...more,
});

/** What a namespace has of its own, and root in it may set. */
const own =
  'net|hostname|domainname|shm|msg|sem|auto_msgmni|mqueue|ns_last_pid|cgroup|loginuid|user/max|kernel/pid_max|binfmt_misc|/proc/(keys|timer_list)$';

export const settings: EscapeCase[] = [
  openedIn(
    'E26',
    'settings of the kernel stay',
    '/proc/sys/kernel/{panic,panic_on_oops,modprobe,hotplug,kptr_restrict,dmesg_restrict,randomize_va_space,threads-max,printk,perf_event_paranoid,unprivileged_bpf_disabled,kexec_load_disabled,modules_disabled,yama/ptrace_scope,io_uring_disabled,poweroff_cmd,ctrl-alt-del}',
  ),
  openedIn(
    'E26b',
    'settings of memory stay',
    '/proc/sys/vm/{overcommit_memory,overcommit_ratio,swappiness,drop_caches,mmap_min_addr,panic_on_oom,oom_kill_allocating_task,nr_hugepages,min_free_kbytes,unprivileged_userfaultfd,max_map_count,dirty_ratio}',
  ),
  openedIn(
    'E26c',
    'settings of files stay',
    '/proc/sys/fs/{file-max,nr_open,protected_hardlinks,protected_symlinks,protected_fifos,suid_dumpable,mount-max,aio-max-nr,pipe-max-size,inotify/max_user_instances,lease-break-time,leases-enable}',
  ),
  openedIn(
    'E26d',
    'settings of the network that all share stay',
    '/proc/sys/net/core/{bpf_jit_enable,bpf_jit_harden,rmem_max,wmem_max,netdev_max_backlog} /proc/sys/net/ipv4/{tcp_mem,udp_mem,tcp_allowed_congestion_control}',
    {
      script: `opened /proc/sys/net/core/{bpf_jit_enable,bpf_jit_harden,bpf_jit_kallsyms,rmem_max,netdev_max_backlog,dev_weight} /proc/sys/net/ipv4/{tcp_mem,udp_mem,tcp_allowed_congestion_control}; echo end`,
      kernel: 'these exist in the host’s own network namespace only, into which no test puts a sandbox',
    },
  ),
  openedIn(
    'E26e',
    'settings of devices stay',
    '/proc/sys/dev/tty/{ldisc_autoload,legacy_tiocsti} /proc/sys/dev/hpet/max-user-freq /proc/sys/dev/cdrom/autoeject /proc/sys/dev/scsi/logging_level',
  ),
  openedIn('E27', 'no magic keys', '/proc/sysrq-trigger /proc/sys/kernel/sysrq', {
    kernel: 'this kernel is built without; where it is not, “no user namespace” shows it',
  }),
  openedIn(
    'E28',
    'no handler for crashes',
    '/proc/sys/kernel/core_pattern /proc/sys/kernel/core_uses_pid /proc/sys/kernel/core_pipe_limit',
  ),
  openedIn(
    'E29',
    'no helper for devices, and none is asked to be told anew',
    '/sys/kernel/uevent_helper $(find /sys/class/net/*/uevent /sys/class/block/*/uevent /sys/devices/virtual/mem/*/uevent /sys/module/*/uevent 2>/dev/null | grep -v /class/net/ | head -300)',
  ),
  openedIn(
    'E29b',
    'no sleep, and no waking',
    '/sys/power/{state,disk,mem_sleep,wake_lock,pm_test,resume} /sys/devices/system/cpu/cpu*/online /sys/devices/system/memory/*/state',
  ),
  openedIn('E29c', 'parameters of modules stay', '$(find /sys/module/*/parameters -type f 2>/dev/null)'),
  openedIn(
    'E29d',
    'memory management of all stays',
    '$(find /sys/kernel/mm /sys/kernel/slab /sys/kernel/{kexec_crash_size,profiling,rcu_expedited,fscaps} -type f 2>/dev/null | head -3000)',
  ),
  openedIn(
    'E29e',
    'disks of all stay as they are set',
    '$(find /sys/block/*/ /sys/fs/ext4 /sys/fs/btrfs /sys/fs/xfs /sys/class/bdi/*/ -type f 2>/dev/null | head -3000)',
  ),
  openedIn(
    'E72',
    'binary handlers of the host are out of reach',
    '/proc/sys/fs/binfmt_misc/{register,status}',
    { kernel: 'a fresh proc has no such files; an instance mounted by hand is E66' },
  ),
  {
    id: 'E73',
    name: 'of /proc and /sys nothing can be opened for writing but what a namespace has of its own',
    script: `opened $(find /proc -maxdepth 1 -type f 2>/dev/null) $(find /proc/sys -type f 2>/dev/null) $(find /sys -path '*/fs/cgroup/*' -prune -o -path '*/net/*' -prune -o -type f -perm /222 -print 2>/dev/null) | grep -vE '${own}'; echo end`,
    expect: /^end\n$/,
  },
  {
    id: 'E74',
    name: 'the priority of the whole kernel is not taken: neither real time, nor niceness, nor I/O',
    script:
      'chrt -f 1 true 2>/dev/null && echo realtime; nice -n -10 sh -c "nice" 2>/dev/null | grep -x -- -10; ionice -c 1 true 2>/dev/null && ionice -c 1 ionice 2>/dev/null | grep realtime; echo end',
    expect: /^end\n$/,
  },
  {
    id: 'E75',
    name: 'the clock stays; a time namespace only shifts one’s own',
    script:
      'date -s "2001-01-01" 2>&1; unshare -Ur --time --boottime 100000 sh -c "date -s 2001-01-01 2>/dev/null" ; [ $(date +%Y) -gt 2020 ] && echo right',
    expect: /right\n$/,
    notUnder: ['no user namespace', 'raw root', 'host processes', 'host cgroups', 'shared network'],
    kernel:
      'not turned: its success would set the host’s clock; E45e asks with an argument that is refused in the end',
  },
  {
    id: 'E76',
    name: 'what the kernel kills first is not chosen below one’s start',
    script:
      '(echo -1000 >/proc/self/oom_score_adj) 2>&1 | grep -o "denied\\|not permitted"; cat /proc/self/oom_score_adj',
    expect: /^(denied|not permitted)\n0\n$/,
    kernel: 'the kernel asks for a capability in its first user namespace',
  },
];
