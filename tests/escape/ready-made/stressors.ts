/** Of stress-ng's programs those that press on the kernel's edges, by what they press on; a second each. */
export const stressors: Readonly<Record<string, string>> = {
  'namespaces and processes':
    'clone unshare fork vfork forkheavy daemon zombie pidfd fd-fork ptrace prctl personality',
  'mounts and roots': 'bind-mount chroot loop ramfs tmpfs umount binderfs mknod quota statmount',
  'rights and keys': 'cap key seccomp landlock apparmor xattr rlimit ioprio schedpolicy',
  sockets:
    'sock sockabuse sockdiag sockfd sockmany netdev netlink-proc netlink-task rawsock rawpkt ping-sock udp-flood dccp sctp tun af-alg',
  'what the kernel tells of and waits for': 'inotify fanotify dnotify eventfd timer timerfd itimer sigq',
  memory: 'memfd secretmem userfaultfd oom-pipe shm shm-sysv mlockmany mremap membarrier memhotplug swap',
  'messages and terminals': 'mq msg sem-sysv pty klog',
  'asynchronous I/O': 'aio aiol io-uring splice vm-splice',
  'cgroups, settings and devices':
    'cgroup procfs sysfs dev dev-shm rawdev pci rtc watchdog ioport kvm cpu-online module',
  'system calls themselves':
    'syscall sysinval sysbadaddr enosys x86syscall usersyscall reboot clock bad-ioctl time-warp uprobe',
};
