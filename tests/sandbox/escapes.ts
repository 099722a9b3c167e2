/** Ways out, or to more than is one's own, each tried as root inside; system calls by their numbers on x86-64. */
import { hostKnobs } from './host-canary.ts';

export interface Escape {
  /** Its number in the project’s threat table, and what must hold. */
  name: string;
  script: string;
  /** What the output must, and must not, match. */
  expect?: RegExp;
  never?: RegExp;
}

/** Prints `name errno` for a system call by its number on x86-64. */
const call = (name: string, number: number, ...args: (number | string)[]) =>
  `perl -e 'my $r = syscall(${[number, ...args].join(', ')}); printf "${name} %d\\n", $r == -1 ? $! : 0'`;
const socketCall = (name: string, ...args: number[]) => call(name, 41, ...args);

export const escapes: Escape[] = [
  {
    name: 'E04 the whole tree bound elsewhere is one’s own',
    script: 'mkdir -p /tmp/b; unshare -m sh -c "mount --rbind / /tmp/b && ls -d /tmp/b/tmp/camp-*"; echo end',
    expect: /end/,
    never: /camp-canary/,
  },
  {
    name: 'E06 out of a chroot by way of its parent: still inside',
    script: `perl -e 'mkdir "/tmp/j"; chroot "/tmp/j" or die; chdir ".." for 1..40; chroot "."; exec "/bin/ls", "/tmp"'`,
    never: /camp-canary/,
  },
  {
    name: 'E07 the namespaces of process 1 are the sandbox’s',
    script: 'nsenter -t 1 -m -u -i -n -p true; nsenter -t 1 -m ls /tmp; readlink /proc/1/ns/mnt; echo end',
    expect: /end/,
    never: /camp-canary/,
  },
  {
    name: 'E08 nothing lies under the root',
    script: 'unshare -m sh -c "umount -l / 2>/dev/null; ls /tmp /.. 2>/dev/null"; echo end',
    expect: /end/,
    never: /camp-canary/,
  },
  {
    name: 'E10 a fresh proc and sysfs show one’s own',
    script:
      'mkdir -p /tmp/p; mount -t proc p /tmp/p && ls -d /tmp/p/[0-9]* | wc -l; umount /tmp/p; mount -t sysfs s /tmp/p && ls /tmp/p/class/net; umount /tmp/p',
    never: /ens|enp|wlan|\b\d{4,}\b/,
  },
  {
    name: 'E11 kernel memory is not to be read',
    script: 'umount /proc/kcore 2>/dev/null; echo "read $(head -c 1 /proc/kcore 2>/dev/null | wc -c)"',
    expect: /^read 0$/m,
  },
  {
    name: 'E12 no block device is made',
    script:
      'mknod /tmp/sda b 8 0; mknod /tmp/vda b 254 0; mknod /tmp/mem c 1 1; ls /tmp/sda /tmp/vda /tmp/mem',
    expect: /(Operation not permitted[^]*){3}/,
    never: /^\/tmp\/(sda|vda|mem)$/m,
  },
  {
    name: 'E13 no disk of the host is mounted',
    script:
      'mkdir -p /tmp/d; for d in /dev/vda /dev/sda /dev/loop0 /dev/root; do mount -t ext4 $d /tmp/d; done; ls /tmp/d; echo end',
    expect: /end/,
    never: /bin|etc|upper/,
  },
  {
    name: 'E14 no loop device, no memory',
    script:
      'losetup -f /etc/hostname; dd if=/dev/zero of=/dev/mem conv=nocreat count=1; ls /dev/loop-control /dev/mem; echo end',
    never: /^\/dev\/(loop-control|mem)$/m,
    expect:
      /losetup: [^]*(No such|failed|not permitted)[^]*end|end[^]*losetup: [^]*(No such|failed|not permitted)/,
  },
  {
    name: 'E15 no device beyond the standard ones',
    script:
      'ls /dev/kvm /dev/vsock /dev/net/tun /dev/fuse /dev/vhost-net /dev/kmsg 2>/dev/null; ls -l /dev | grep -c "^b"',
    expect: /^0\n$/,
  },
  {
    name: 'E16 the kernel’s log is the host’s',
    script: 'dmesg; head -c 10 /dev/kmsg; echo end',
    expect: /(not permitted|denied|No such)[^]*end/,
  },
  {
    name: 'E17 addresses of the kernel are zero',
    script: "grep -vc '^0000000000000000' /proc/kallsyms",
    expect: /^0\n$/,
  },
  {
    name: 'E18 nothing to debug the kernel with',
    script:
      'cat /proc/sched_debug; ls /sys/kernel/debug/; mount -t debugfs d /mnt; mount -t tracefs t /mnt; ls /mnt; echo end',
    expect: /end/,
    never: /runnable|kprobes|available_events/,
  },
  {
    name: 'E20 no release agent',
    script:
      'for f in $(find /sys/fs/cgroup /host/sys/fs/cgroup -name release_agent 2>/dev/null); do echo /x > $f; cat $f; done; mkdir -p /tmp/c; mount -t cgroup -o rdma c /tmp/c; echo /x > /tmp/c/release_agent; echo end',
    expect: /end/,
    never: /^\/x$/m,
  },
  {
    name: 'E22 nothing above one’s own cgroup',
    script:
      'for f in /sys/fs/cgroup/../cgroup.procs /sys/fs/cgroup/memory/../../cgroup.procs; do echo $$ > $f; done; ls /sys/fs/cgroup/memory/.. /sys/fs/cgroup/.. 2>/dev/null; echo end',
    expect: /end/,
    never: /chrootcamp/,
  },
  {
    name: 'E26 settings of the host stay',
    script: `for k in ${hostKnobs.join(' ')}; do [ -e /proc/sys/$k ] && (echo 1 > /proc/sys/$k) 2>/dev/null && echo "wrote $k"; done; echo end`,
    expect: /end/,
    never: /wrote/,
  },
  {
    name: 'E27 no magic keys',
    script: '(echo b > /proc/sysrq-trigger) 2>&1; echo end',
    expect: /(denied|not permitted|Read-only|No such)[^]*end/i,
  },
  {
    name: 'E28 no handler for crashes',
    script: '(echo "|/tmp/x" > /proc/sys/kernel/core_pattern) 2>&1; echo end',
    expect: /(denied|not permitted|Read-only|No such)[^]*end/i,
  },
  {
    name: 'E29 no helper for devices, no sleep',
    script:
      'for f in /sys/kernel/uevent_helper /sys/power/state /sys/kernel/mm/ksm/run /sys/module/loop/parameters/max_loop; do (echo 1 > $f) 2>/dev/null && echo "wrote $f"; done; echo end',
    expect: /end/,
    never: /wrote/,
  },
  { name: 'E30 no nf_tables', script: socketCall('netfilter', 16, 3, 12), expect: /^netfilter 1$/m },
  { name: 'E32 no AF_ALG', script: socketCall('alg', 38, 5, 0), expect: /^alg 97$/m },
  { name: 'E33 no vsock', script: socketCall('vsock', 40, 1, 0), expect: /^vsock 97$/m },
  {
    name: 'E34 no family of sockets but five',
    script: `perl -e 'for my $f (0..46) { my $r = syscall(41, $f, 2, 0); $r = syscall(41, $f, 3, 0) if $r == -1; print "$f " if $r != -1 || $! != 97; }'`,
    expect: /^1 2 (10 )?16 17 $/,
  },
  { name: 'E35 no XFRM', script: socketCall('xfrm', 16, 3, 6), expect: /^xfrm 1$/m },
  { name: 'E40 no io_uring', script: call('io_uring', 425, 8, 0), expect: /^io_uring 38$/m },
  { name: 'E41 no bpf', script: call('bpf', 321, 0, 0, 0), expect: /^bpf 1$/m },
  { name: 'E42 no userfaultfd', script: call('userfaultfd', 323, 0), expect: /^userfaultfd 1$/m },
  { name: 'E43 no perf events', script: call('perf', 298, 0, 0, -1, -1, 0), expect: /^perf 1$/m },
  {
    name: 'E44 no modules',
    script: [call('init', 175, 0, 0, 0), call('finit', 313, 0, 0, 0), call('delete', 176, 0, 0)].join('; '),
    expect: /^init 1\nfinit 1\ndelete 1$/m,
  },
  {
    name: 'E45 no new kernel, reboot, swap, accounting or clock',
    script: [
      call('kexec', 246, 0, 0, 0, 0),
      call('reboot', 169, 0xfee1dead, 672274793, 0x1234567, 0),
      call('swapon', 167, 0, 0),
      call('acct', 163, 0),
      call('settime', 164, 0, 0),
      call('clock', 227, 0, 0),
    ].join('; '),
    expect: /^kexec 1\nreboot 1\nswapon 1\nacct 1\nsettime 1\nclock 1$/m,
  },
  {
    name: 'E46 no file by its number, no key of the kernel',
    script: [
      call('handle', 304, -1, 0, 0),
      call('add_key', 248, 0, 0, 0, 0, 0),
      call('keyctl', 250, 0, 0),
    ].join('; '),
    expect: /^handle 1\nadd_key 38\nkeyctl 38$/m,
  },
  {
    name: 'E48 the filter is on for every process',
    script: "cat /proc/[0-9]*/status | grep '^Seccomp:' | sort -u",
    expect: /^Seccomp:\s+2\n$/,
  },
  {
    name: 'E53 the runtime is not overwritten',
    script:
      '(echo x > /proc/1/exe) 2>&1; for p in /proc/[0-9]*/exe; do case $(readlink $p) in *runc*) (echo x >> $p) 2>/dev/null && echo "wrote $p";; esac; done; echo end',
    expect: /end/,
    never: /wrote \/proc\/1\/exe/,
  },
];
