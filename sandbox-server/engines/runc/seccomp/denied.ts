import type { DeniedCalls } from './entry.ts';

/** Known and denied. What stands in no list is newer than this table, or long gone, and gets ENOSYS. */
export const denied: DeniedCalls[] = [
  {
    calls: 'io_uring_setup io_uring_enter io_uring_register',
    why: 'a large, young attack surface, past every other filter of calls; libraries fall back to epoll',
    errno: 'ENOSYS',
  },
  {
    calls: 'io_setup io_destroy io_submit io_cancel io_getevents io_pgetevents',
    why: 'the older asynchronous I/O: fs.aio-max-nr is one number for the whole host; databases fall back to threads',
    errno: 'ENOSYS',
  },
  {
    calls: 'bpf',
    why: 'programs in the kernel; runc goes on without a device filter in a user namespace',
    errno: 'EPERM',
  },
  { calls: 'perf_event_open', why: 'a record of exploits, and looks at the whole machine', errno: 'EPERM' },
  { calls: 'userfaultfd', why: 'stops the kernel in the middle of a race: exploit tooling', errno: 'EPERM' },
  { calls: 'open_by_handle_at', why: 'opens files by number, past every path', errno: 'EPERM' },
  {
    calls: 'init_module finit_module delete_module create_module query_module get_kernel_syms',
    why: 'modules are the host’s',
    errno: 'EPERM',
  },
  { calls: 'kexec_load kexec_file_load', why: 'one kernel for all', errno: 'EPERM' },
  {
    calls: 'reboot',
    why: 'in a pid namespace it would only kill PID 1, but shares its code with the real one; the course has a reset button',
    errno: 'EPERM',
  },
  {
    calls: 'swapon swapoff acct quotactl quotactl_fd nfsservctl',
    why: 'resources of the host',
    errno: 'EPERM',
  },
  {
    calls: 'settimeofday clock_settime adjtimex clock_adjtime',
    why: 'one clock for all; a time namespace has offsets instead',
    errno: 'EPERM',
  },
  { calls: 'syslog', why: 'the kernel’s log is the host’s', errno: 'EPERM' },
  {
    calls: 'lookup_dcookie fanotify_init fanotify_mark vhangup',
    why: 'looks at, or hangs up, the host',
    errno: 'EPERM',
  },
  {
    calls: 'iopl ioperm modify_ldt vm86 vm86old uselib ustat sysfs _sysctl',
    why: 'hardware, or calls no program has used for decades',
    errno: 'EPERM',
  },
  {
    calls: 'mbind set_mempolicy set_mempolicy_home_node migrate_pages move_pages',
    why: 'where memory lies is the host’s to say',
    errno: 'EPERM',
  },
  {
    calls: 'keyctl add_key request_key',
    why: 'keyrings are shared beyond namespaces; runc and crun do without on ENOSYS, and on nothing else',
    errno: 'ENOSYS',
  },
];
