/** Using up what all share. Each is bounded, and stops by itself where no limit does. */
import type { EscapeCase } from '../escape-case.ts';

const exhausts = true;

export const exhaustion: EscapeCase[] = [
  {
    id: 'D1',
    name: 'processes: a fork bomb meets its ceiling',
    exhausts,
    script: `perl -e 'my @p; for (1..700) { my $p = fork; if (!defined $p) { print "ceiling\\n"; last } if (!$p) { sleep 20; exit } push @p, $p } kill 9, @p; waitpid $_, 0 for @p'; echo end`,
    expect: /^ceiling\nend/,
  },
  {
    id: 'D1b',
    name: 'threads count as processes',
    exhausts,
    script: `perl -e 'my @p; for (1..700) { my $p = syscall(56, 17, 0, 0, 0, 0); if ($p == 0) { sleep 20; syscall(231, 0) } if ($p == -1) { print "ceiling\\n"; last } push @p, $p } kill 9, @p; waitpid $_, 0 for @p'; echo end`,
    expect: /^ceiling\nend/,
  },
  {
    id: 'D2',
    name: 'memory: a hungry program is killed, and nothing else',
    exhausts,
    script: `(die_first; perl -e 'my $x = "x" x 900_000_000; print "f", "ed\\n"'); echo end`,
    expect: /end/,
    never: /fed/,
  },
  {
    id: 'D2b',
    name: 'memory of files that have no name counts',
    exhausts,
    script: `hungry 'my $fd = syscall(319, my $n = "camp", 0); open our $f, ">&=", $fd or die; my $m = "x" x 1_000_000; for (1..75) { syswrite $f, $m or exit }'; echo end`,
    expect: /end/,
    never: /fed/,
  },
  {
    id: 'D2c',
    name: 'shared memory counts',
    exhausts,
    script: `hungry 'my $id = shmget(0, 75_000_000, 0600) // die "shmget $!"; my $at = syscall(30, $id, 0, 0); shmctl($id, 0, 0); open my $z, "<", "/dev/zero"; for my $i (0..74) { syscall(0, fileno $z, $at + $i * 1_000_000, 1_000_000) == 1_000_000 or exit }'; echo end`,
    expect: /end/,
    never: /fed/,
  },
  {
    id: 'D3',
    name: 'file systems in memory end',
    exhausts,
    script:
      'for d in /dev /dev/shm /run; do (die_first; head -c 400000000 /dev/zero) >$d/camp-fill 2>/dev/null && [ "$(stat -f -c %T $d)" = tmpfs ] && echo "filled $d"; rm -f $d/camp-fill; done; echo end',
    expect: /end/,
    never: /filled/,
  },
  {
    id: 'D4',
    name: 'disk: a full one says so',
    exhausts,
    script:
      'said=$(head -c 1200000000 /dev/zero 2>&1 >/root/camp-fill && echo filled); rm -f /root/camp-fill; echo "$said"; echo end',
    expect: /No space left on device[^]*end/,
    never: /filled/,
  },
  {
    id: 'D5',
    name: 'inodes end',
    exhausts,
    script: `mkdir -p /root/camp-many; said=$(perl -e 'chdir "/root/camp-many"; for (1..60000) { open my $f, ">", $_ or do { print "$!\\n"; last } }'); rm -rf /root/camp-many; echo "$said"; echo end`,
    expect: /No space left on device\nend/,
  },
  {
    id: 'D6',
    name: 'namespaces nest so deep and no deeper',
    script: `perl -e 'my $n = 0; for (1..40) { last if syscall(272, 0x10000000) == -1; $n++ } print $n < 40 ? "ends\\n" : "endless\\n"'`,
    expect: /^ends\n$/,
    kernel: 'the kernel’s own bound of 32 levels',
  },
  {
    id: 'D6b',
    name: 'process namespaces nest so deep and no deeper',
    script: `perl -e 'sub deeper { my $n = shift; return print "endless\\n" if $n > 40; syscall(272, 0x30000000) == 0 or return print "ends\\n"; my $p = fork // return print "ends\\n"; if (!$p) { deeper($n + 1); exit } waitpid $p, 0 } $| = 1; deeper(0)'`,
    expect: /^ends\n$/,
    kernel: 'the kernel’s own bound of 32 levels',
  },
  {
    id: 'D6c',
    name: 'mounts of one namespace end',
    // Each time the whole tree comes once more below itself.
    script: `unshare -m perl -e 'my ($from, $to, $no) = ("/", "/mnt", ""); syscall(165, $no, $from, $no, 0x44000, 0); my $n = 0; for (1..40) { last if syscall(165, $from, $to, $no, 0x5000, 0) == -1; $n++ } print $n > 3 && $n < 40 ? "ends" : "endless $n $!", "\\n"'`,
    // Docker's own profile has no mounts for a plain container.
    expect: { shell: /^ends\n$/, container: /not permitted/, privileged: /^ends\n$/ },
    kernel: 'the kernel’s own number, fs.mount-max; what they take is charged to the sandbox',
  },
  {
    id: 'D7',
    name: 'what the kernel counts by user it counts for this sandbox alone',
    // NS_GET_OWNER_UID: inotify, namespaces and the like of all users inside are charged to this one as well.
    script: `perl -e 'open my $f, "<", "/proc/self/ns/user" or die; my $owner = pack "L", 7; ioctl($f, 0xb704, $owner) // die "ioctl $!"; print "owner ", unpack("L", $owner), "\n"'`,
    expect: /^owner 0\n$/,
  },
  {
    id: 'D7b',
    name: 'no asynchronous I/O, of which there is one amount for all',
    script: `perl -e 'my $context = pack "Q", 0; print syscall(206, 1, $context) == -1 ? "no " . ($! + 0) : "set up", "\n"'`,
    expect: /^no 38\n$/,
  },
  {
    id: 'D8',
    name: 'limits are not raised',
    script: `ulimit -c unlimited 2>/dev/null && echo core; prlimit --pid $$ --nofile=9999999:9999999 2>/dev/null && echo nofile; prlimit --pid $$ --memlock=unlimited 2>/dev/null; prlimit --pid $$ --msgqueue=unlimited:unlimited 2>/dev/null && echo msgqueue; prlimit --pid $$ --rtprio=99:99 2>/dev/null && echo rtprio; echo end`,
    expect: /^end\n$/,
  },
  {
    id: 'D8b',
    name: 'a crash leaves no core',
    script: `cd /tmp; perl -e 'kill 11, $$'; ls /tmp/core* 2>/dev/null; ulimit -H -c`,
    expect: /\n?0\n$/,
    never: /core/,
  },
  {
    id: 'D9',
    name: 'locked memory ends',
    script: `perl -e 'my $b = "x" x 200_000_000; my $r = syscall(149, $b, 200_000_000); print $r == 0 ? "locked\\n" : "no $!\\n"'`,
    expect: /^no /,
  },
  {
    id: 'D10',
    name: 'pipes are not grown beyond what all may',
    script: `perl -e 'pipe R, W; my $r = fcntl(W, 1031, 1 << 28); print $r ? "grown\\n" : "no $!\\n"'`,
    expect: /^no /,
    kernel: 'the kernel asks for a capability in its first user namespace',
  },
];
