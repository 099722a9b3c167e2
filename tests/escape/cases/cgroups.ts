/** Limits: raising them, leaving them, and the classic ways from a cgroup to the host. */
import type { EscapeCase } from '../escape-case.ts';

export const cgroups: EscapeCase[] = [
  {
    id: 'E20',
    name: 'no release agent (CVE-2022-0492)',
    script:
      'opened $(find /sys/fs/cgroup /host/sys/fs/cgroup -name release_agent 2>/dev/null); mkdir -p /tmp/c; for o in memory pids; do for n in m mC; do is_v1 $o && unshare -$n bash -c ". /tmp/.prelude; mount -t cgroup -o $o c /tmp/c && opened /tmp/c/release_agent" 2>/dev/null; done; done; echo end',
    expect: /end/,
    never: /^opened/m,
  },
  {
    id: 'E21',
    name: 'no device is allowed to the cgroup',
    script:
      'f=/sys/fs/cgroup/devices/devices.allow; [ ! -e $f ] || (echo "c 1:1 rwm" >$f) 2>/dev/null && [ -e $f ] && echo "allowed by $f"; echo end',
    expect: /end/,
    never: /^allowed/m,
    // Written to the host's own root it would hold for every cgroup of the host.
    notUnder: ['host cgroups'],
  },
  {
    id: 'E22',
    name: 'nothing above one’s own cgroup',
    script:
      'for f in /sys/fs/cgroup/../cgroup.procs /sys/fs/cgroup/memory/../../cgroup.procs /sys/fs/cgroup/memory/../cgroup.procs; do opened $f; done; ls /sys/fs/cgroup/memory/.. /sys/fs/cgroup/.. /sys/fs/cgroup/memory /sys/fs/cgroup 2>/dev/null; echo end',
    expect: /end/,
    never: /chrootcamp|^opened/m,
  },
  {
    id: 'E24',
    name: 'paths of cgroups begin at the own root',
    script: 'cat /proc/self/cgroup /proc/1/cgroup; cut -d" " -f4 /proc/self/mountinfo; echo end',
    expect: /end/,
    never: /chrootcamp/,
  },
  {
    id: 'E69',
    name: 'a hierarchy of cgroups mounted by hand begins at the own root',
    script:
      'mkdir -p /tmp/c; for o in memory pids devices; do is_v1 $o && unshare -m sh -c "mount -t cgroup -o $o c /tmp/c && ls /tmp/c" 2>/dev/null; done; unshare -m sh -c "mount -t cgroup2 c /tmp/c && ls /tmp/c" 2>/dev/null; echo end',
    expect: /end/,
    never: /chrootcamp/,
  },
  {
    id: 'E70',
    name: 'a cgroup namespace of one’s own shows nothing above it',
    script:
      'unshare -mC sh -c "cat /proc/self/cgroup" 2>/dev/null | grep -c chrootcamp; unshare -UrmC sh -c "cat /proc/self/cgroup" 2>/dev/null | grep -c chrootcamp; echo end',
    expect: /^0\n0\nend/,
    kernel: 'such a namespace begins at the cgroup its maker is in, wherever that is',
  },
  {
    id: 'E71',
    name: 'clone3 starts nothing in a cgroup of others',
    script: `perl -e 'opendir my $d, "/sys/fs/cgroup/.." or die; my $a = pack "Q11", 0x200000000, 0, 0, 0, 17, 0, 0, 0, 0, 0, fileno $d; my $r = syscall(435, $a, 88); if ($r == 0) { exit } printf "clone3 %d\\n", $r == -1 ? $!+0 : 0' 2>&1; echo end`,
    expect: /end/,
    never: /clone3 0/,
    kernel: 'the directory above the cgroup mount is a tmpfs, not a cgroup, on every host',
  },
];
