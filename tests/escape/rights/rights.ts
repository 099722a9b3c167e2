/** What each right is granted for: a script that succeeds with it and fails without. */

/** A process of another user, which is that already when the script goes on; it holds no output open. */
const other =
  'setpriv --reuid 5 --clear-groups sleep 20 >/dev/null 2>&1 & until grep -q "^Uid:.5" /proc/$!/status; do :; done';

export const rights: Record<string, string> = {
  CAP_CHOWN: 'touch f; chown 5 f',
  CAP_DAC_OVERRIDE: 'touch f; chown 5 f; chmod 0 f; echo x >f',
  CAP_DAC_READ_SEARCH: 'touch f; chown 5 f; chmod 0 f; capsh --drop=cap_dac_override -- -c "cat f"',
  CAP_FOWNER: 'touch f; chown 5 f; chmod 600 f',
  CAP_FSETID: 'touch f; chgrp 5 f; chmod 2755 f; test -g f',
  CAP_KILL: `${other}; kill $!`,
  CAP_SETGID: 'setpriv --regid 5 --clear-groups true',
  CAP_SETUID: 'setpriv --reuid 5 true',
  CAP_SETPCAP: 'capsh --drop=cap_chown -- -c true',
  CAP_NET_BIND_SERVICE:
    "perl -e 'use Socket; socket(S, 2, 1, 0); bind(S, sockaddr_in(81, INADDR_LOOPBACK)) or exit 1'",
  CAP_NET_ADMIN: 'ip link add camp0 type veth peer name camp1 && ip link delete camp0',
  CAP_NET_RAW: "perl -e 'socket(S, 2, 3, 1) or exit 1'",
  CAP_IPC_OWNER: `setpriv --reuid 5 --clear-groups perl -e 'shmget(7, 9, 01000) // die'; perl -e 'my $b; shmread(shmget(7, 0, 0) // exit(1), $b, 0, 1) or exit 1'`,
  CAP_SYS_CHROOT: 'chroot / true',
  CAP_SYS_PTRACE: `${other}; cat /proc/$!/environ`,
  CAP_SYS_ADMIN: 'mount -t tmpfs t /mnt && umount /mnt',
  CAP_SYS_NICE: `${other}; renice -n 5 $!`,
  CAP_SETFCAP: 'cp /usr/bin/true t && setcap cap_net_raw+ep t',
  CAP_CHECKPOINT_RESTORE: 'capsh --drop=cap_sys_admin -- -c "echo 9000 >/proc/sys/kernel/ns_last_pid"',
};

/**
 * What the kernel asks for in its first user namespace only, or never: inside it is there because Docker gives it by
 * name, and a container that is given what the sandbox does not have does not start. Scripts, with Docker up.
 */
export const forDocker: Record<string, string> = {
  // Of the fourteen that every container gets.
  CAP_AUDIT_WRITE: 'docker run --rm busybox true',
  CAP_MKNOD: 'docker run --rm busybox true',
  // What people bring along: compose files of Elasticsearch and Vault ask for it.
  CAP_IPC_LOCK: 'docker run --rm --cap-add IPC_LOCK busybox true',
};

/** Lines of the filter's table without which something taught or run here stops. */
export const groups: Record<string, { calls: string[]; script: string }> = {
  'namespaces by hand': { calls: ['unshare', 'setns'], script: 'unshare -m true' },
  mounts: { calls: ['mount', 'umount2'], script: 'mount -t tmpfs t /mnt && umount /mnt' },
  'the newer calls for mounts': {
    calls: ['fsopen'],
    script: `perl -e 'exit(syscall(430, my $t = "tmpfs", 0) == -1 ? 1 : 0)'`,
  },
  'a root of one’s own': { calls: ['chroot'], script: 'chroot / true' },
  tracing: { calls: ['ptrace'], script: 'strace -o /dev/null true' },
  'host names': {
    calls: ['sethostname'],
    script: `unshare -u perl -e 'exit(syscall(170, my $name = "inner", 5) == -1 ? 1 : 0)'`,
  },
  'unix sockets': { calls: ['socketpair'], script: "perl -e 'socketpair(A, B, 1, 1, 0) or exit 1'" },
  watching: {
    calls: ['inotify_init1', 'inotify_init'],
    script: `perl -e 'exit(syscall(294, 0) == -1 ? 1 : 0)'`,
  },
};
