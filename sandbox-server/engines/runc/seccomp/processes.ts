import type { AllowedCalls } from './entry.ts';

export const processes: AllowedCalls[] = [
  {
    calls:
      'clone clone3 fork vfork execve execveat exit exit_group wait4 waitid set_tid_address restart_syscall',
    why: 'processes, and by flags of clone the namespaces that containers are made of',
  },
  {
    calls: `kill tkill tgkill pidfd_open pidfd_send_signal rt_sigaction rt_sigprocmask rt_sigreturn rt_sigpending
      rt_sigtimedwait rt_sigqueueinfo rt_tgsigqueueinfo rt_sigsuspend sigaltstack signalfd signalfd4 eventfd eventfd2 pause
      alarm`,
    why: 'signals reach only the own pid namespace',
  },
  {
    calls: `getpid getppid gettid getpgid getpgrp setpgid getsid setsid getuid geteuid getgid getegid getresuid getresgid
      getgroups setuid setgid setreuid setregid setresuid setresgid setfsuid setfsgid setgroups capget capset prctl`,
    why: 'who one is; ids are those of the user namespace',
  },
  {
    calls: `getrlimit setrlimit prlimit64 getrusage times sysinfo uname getcpu getpriority setpriority ioprio_get ioprio_set
      sched_yield sched_getaffinity sched_setaffinity sched_getparam sched_setparam sched_getscheduler sched_setscheduler
      sched_getattr sched_setattr sched_get_priority_max sched_get_priority_min sched_rr_get_interval`,
    why: 'shares and limits; those of the cgroup stand above them',
  },
  {
    calls:
      'ptrace process_vm_readv process_vm_writev process_madvise process_mrelease pidfd_getfd kcmp uretprobe',
    why: 'strace and debuggers, on processes of the same user namespace',
  },
  {
    calls: 'seccomp landlock_create_ruleset landlock_add_rule landlock_restrict_self',
    why: 'only ever take away',
  },
  { calls: 'lsm_get_self_attr lsm_list_modules', why: 'tell the own label; nothing is set' },
  { calls: 'arch_prctl set_thread_area get_thread_area', why: 'where threads keep their own data (x86)' },
  { calls: 'getrandom', why: 'random numbers' },
];
