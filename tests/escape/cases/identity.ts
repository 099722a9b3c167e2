/** Who one is, and what of other processes one sees and reaches. */
import type { EscapeCase } from '../escape-case.ts';

const hostProcess =
  'pid=; for p in /proc/[0-9]*; do [ "$(tr "\\0" " " <$p/cmdline 2>/dev/null | cut -d" " -f1)" = "canary-$NONCE" ] && pid=${p#/proc/}; done; echo "found ${pid:-none}"';

export const identity: EscapeCase[] = [
  {
    id: 'E01',
    name: 'root inside is one of 65,536 ids leased to this sandbox',
    script: 'cat /proc/self/uid_map /proc/self/gid_map',
    expect: /^ +0 +[1-9]\d{5,} +65536\n +0 +[1-9]\d{5,} +65536\n$/,
  },
  {
    id: 'E02',
    name: 'no id outside the range can be taken or given',
    script:
      'touch /tmp/f; chown 70000 /tmp/f && echo given; call setuid 105 70000; call setgid 106 70000; rm /tmp/f; echo end',
    expect: /setuid 22\nsetgid 22\nend/,
    never: /given/,
  },
  {
    id: 'E02b',
    name: 'a user namespace within maps no id its maker does not have',
    script: `perl -e 'pipe R, W; my $p = fork // die; if (!$p) { syscall(272, 0x10000000) == 0 or exit 9; syswrite W, "1"; sleep 5; exit } close W; sysread R, my $b, 1;
      for my $map ("0 0 4294967295", "0 70000 1") { open my $f, ">", "/proc/$p/uid_map" or print "open $!\\n"; my $r = syswrite $f, $map; print defined $r ? "mapped\\n" : "refused\\n"; } kill 9, $p'; echo end`,
    expect: /end/,
    never: /mapped/,
  },
  {
    id: 'E03',
    name: 'no process of the host or of a neighbour is seen',
    script: `${hostProcess}; cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\\0' '\\n' | grep -c "$NONCE-[n]eighbour"`,
    // A process that ends while it is looked at is an error of the shell's, and no matter.
    expect: /^found none\n0\n$/m,
  },
  {
    id: 'E03b',
    name: 'no process of the host is traced, or its memory read',
    script: `${hostProcess}; [ -n "$pid" ] || { echo out of sight; exit; }; call attach 101 16 $pid 0 0; call detach 101 17 $pid 0 0; readable /proc/$pid/mem /proc/$pid/environ; ls /proc/$pid/root/tmp 2>&1 | head -3`,
    expect: /out of sight|attach 1\n/,
    never: /attach 0|^read|camp-canary/m,
  },
  {
    id: 'E03c',
    name: 'no process of the host is signalled',
    script: `${hostProcess}; [ -n "$pid" ] || { echo out of sight; exit; }; kill -CONT $pid && echo signalled; echo end`,
    expect: /out of sight|end/,
    never: /signalled/,
  },
  {
    id: 'E05',
    name: 'nothing is open but the standard streams',
    script:
      'for p in /proc/1 /proc/$$; do for f in $p/fd/*; do readlink $f; done; done; ls /proc/$$/fd/3/../ 2>/dev/null; echo end',
    expect: /end/,
    never: /canary|\/var\/lib|config\.json/,
  },
  {
    id: 'E07',
    name: 'the namespaces of process 1 are the sandbox’s',
    script:
      'nsenter -t 1 -m -u -i -n -p -C true; nsenter -t 1 -m ls /tmp; ls /proc/1/root/tmp; nsenter -t 1 -u hostname; echo end',
    expect: /end/,
    never: /camp-canary/,
  },
  {
    id: 'E19',
    name: 'the mount table tells nothing secret of the host',
    script: 'cat /proc/self/mountinfo /proc/1/mountinfo; echo end',
    expect: /end/,
    never: /canary|\/var\/lib\/chrootcamp|disk\.img/,
  },
  {
    id: 'E47',
    name: 'tracing reaches one’s own processes and no further',
    script: `perl -e 'my $p = fork // die; if (!$p) { sleep 20; exit } select undef, undef, undef, 0.1; my $r = syscall(101, 16, $p, 0, 0); print $r == 0 ? "own yes\\n" : "own no\\n"; waitpid $p, 0; syscall(101, 17, $p, 0, 0); kill 9, $p'; for p in /proc/[0-9]*; do tr '\\0' ' ' <$p/cmdline 2>/dev/null | grep -o 'sandbox-server/main\\|relay/main\\|haproxy\\|docker-registry serve'; done; echo end`,
    expect: /own yes\n[^]*end/,
    never: /sandbox-server|relay|haproxy|docker-registry/,
  },
  {
    id: 'E57',
    name: 'an environment without secrets',
    script: 'tr "\\0" "\\n" </proc/1/environ; env; echo end',
    expect: /end/,
    never: /TOKEN|SECRET|PASSWORD|CHROOTCAMP_(?!DOCKER=)|NODE_|npm_/i,
  },
  {
    id: 'E58',
    name: 'the host’s name is neither told nor changed',
    script:
      'hostname; cat /proc/sys/kernel/hostname; uname -n; unshare -u sh -c "hostname inner 2>/dev/null; hostname" 2>/dev/null; echo end',
    expect: {
      shell: /^camp\ncamp\ncamp\ninner\nend/,
      privileged: /^camp\ncamp\ncamp\ninner\nend/,
      container: /^[0-9a-f]{12}\n/,
    },
  },
  {
    id: 'E59',
    name: 'shared memory and semaphores of the host are out of sight',
    script: 'grep -cE "^ +$SHM_KEY " /proc/sysvipc/shm',
    expect: /^0\n$/,
  },
];
