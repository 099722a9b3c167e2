/** System calls by their numbers on x86-64, with arguments that do nothing where the call is allowed after all. */
import type { EscapeCase } from '../escape-case.ts';

/** A program of a few instructions of machine code, as a whole ELF file, and how it ends. */
const machineCode = (code: string, bits: 32 | 64) => {
  const pack =
    bits === 64
      ? `pack("a4C12 v2VQ3Vv6", "\\x7fELF", 2, 1, 1, (0) x 9, 2, 62, 1, 0x400078, 64, 0, 0, 64, 56, 1, 0, 0, 0) . pack("V2Q6", 1, 5, 0, 0x400000, 0x400000, 4096, 4096, 4096)`
      : `pack("a4C12 v2V5v6", "\\x7fELF", 1, 1, 1, (0) x 9, 2, 3, 1, 0x8048054, 52, 0, 0, 52, 32, 1, 0, 0, 0) . pack("V8", 1, 0, 0x8048000, 0x8048000, 4096, 4096, 5, 4096)`;
  return `perl -e 'open my $f, ">", "/tmp/elf" or die; binmode $f; print $f substr(${pack} . pack("H*", "${code}") . "\\0" x 4096, 0, 4096); close $f; chmod 0755, "/tmp/elf"'; /tmp/elf; echo "ended $?"; rm -f /tmp/elf`;
};

export const calls: EscapeCase[] = [
  {
    id: 'E40',
    name: 'no io_uring',
    script: 'call setup 425 8 0; call enter 426 -1 0 0 0 0 0; call register 427 -1 0 0 0',
    expect: /^setup (1|38)\nenter (1|38)\nregister (1|38)\n$/,
  },
  {
    id: 'E41',
    name: 'no bpf',
    script: 'for command in 0 5 17 18 36 999; do call bpf 321 $command 0 0; done | sort -u',
    expect: /^bpf 1\n$/,
  },
  {
    id: 'E42',
    name: 'no userfaultfd',
    script: 'call plain 323 0; call user 323 1; readable /dev/userfaultfd; echo end',
    expect: /^plain 1\nuser 1\nend/,
  },
  { id: 'E43', name: 'no perf events', script: 'call perf 298 0 0 -1 -1 0', expect: /^perf 1\n$/ },
  {
    id: 'E44',
    name: 'no modules',
    script: 'call init 175 0 0 s:x; call finit 313 -1 s:x 0; call delete 176 s:camp_no_such_module 2048',
    expect: /^init 1\nfinit 1\ndelete 1\n$/,
  },
  {
    id: 'E45',
    name: 'no new kernel',
    script: 'call kexec 246 0 0 0 0; call file 320 -1 -1 0 0 0',
    expect: /^kexec 1\nfile 1\n$/,
  },
  // With the wrong magic number nothing is rebooted where it is allowed.
  { id: 'E45b', name: 'no reboot', script: 'call reboot 169 1 2 3 0', expect: /^reboot 1\n$/ },
  {
    id: 'E45c',
    name: 'no swap',
    script: 'call on 167 s:/nonexistent 0; call off 168 s:/nonexistent',
    expect: /^on 1\noff 1\n$/,
  },
  {
    id: 'E45d',
    name: 'no accounting, no quotas',
    script: 'call acct 163 s:/nonexistent; call quota 179 0 0 0 0; call fd 443 -1 0 0 0',
    expect: /^acct 1\nquota 1\nfd 1\n$/,
  },
  {
    id: 'E45e',
    name: 'no clock is set or bent',
    script: 'call settime 164 0 0; call clock 227 0 0; call adjtimex 159 b:208; call adjtime 305 0 b:208',
    expect: /^settime 1\nclock 1\nadjtimex 1\nadjtime 1\n$/,
  },
  {
    id: 'E46',
    name: 'no file by its number (shocker)',
    script: `perl -e 'for my $inode (1..50) { my $h = pack "IIQ", 8, 1, $inode; open my $d, "<", "/etc/hostname"; my $r = syscall(304, fileno $d, $h, 0); $seen{$r == -1 ? $!+0 : 0} = 1 } print join(" ", sort keys %seen), "\\n"'`,
    expect: /^1\n$/,
  },
  {
    id: 'E46b',
    name: 'no keyring of the kernel',
    script:
      'call add 248 s:user s:camp s:x 1 -3; call request 249 s:user s:camp 0 0; call keyctl 250 0 -3 1;',
    expect: /^add (1|38)\nrequest (1|38)\nkeyctl (1|38)\n$/,
  },
  {
    id: 'E46c',
    name: 'no watching of all files',
    script: 'call init 300 0 0; call mark 301 -1 0 0 0 0',
    expect: /^init 1\nmark 1\n$/,
  },
  {
    id: 'E46d',
    name: 'no ports of the hardware, no table of segments',
    script: 'call iopl 172 3; call ioperm 173 0x80 1 1; call ldt 154 0 b:16 16',
    expect: /^iopl 1\nioperm 1\nldt 1\n$/,
  },
  {
    id: 'E46e',
    name: 'memory of others is not moved between banks',
    script:
      'call move 279 0 0 0 0 0 0; call migrate 256 0 0 0 0; call bind 237 0 0 0 0 0 0; call policy 238 0 0 0; call home 450 0 0 0 0',
    expect: /^move 1\nmigrate 1\nbind 1\npolicy 1\nhome 1\n$/,
  },
  {
    id: 'E46f',
    name: 'no call of the last century',
    script:
      'call cookie 212 0 0 0; call uselib 134 s:/x; call sysctl 156 0; call sysfs 139 3; call ustat 136 0 0; call nfs 180 0 0 0',
    expect: /^cookie 1\nuselib 1\nsysctl 1\nsysfs 1\nustat 1\nnfs 1\n$/,
  },
  {
    id: 'E48',
    name: 'the filter is on for every process',
    script:
      "cat /proc/[0-9]*/status | grep '^Seccomp:' | sort -u; cat /proc/[0-9]*/status | grep '^Seccomp_filters:' | grep -c '\t0$'",
    expect: /^Seccomp:\s+2\n0\n$/,
  },
  {
    id: 'E48b',
    name: 'the filter is not taken off or asked to watch',
    script: 'call off 157 22 0 0; call strict 317 9 0 0; grep -h "^Seccomp:" /proc/self/status',
    expect: /^off 22\nstrict 22\nSeccomp:\s+2\n$/,
  },
  {
    id: 'E49',
    name: 'no personality that maps page zero or makes data run',
    script: 'for p in 0x100000 0x400000 0x500000 0x1; do call personality 135 $p; done | sort -u',
    expect: /^personality (1|38)\n$/,
  },
  {
    id: 'E77',
    name: 'a call that this table does not know is unknown to the kernel',
    script: 'call unknown 999; call later 480; call vm86 61441',
    expect: /^unknown 38\nlater 38\nvm86 38\n$/,
    kernel: 'such a call is unknown with the filter and without; with it, also on a kernel that has it',
  },
  // mov $20 (getpid), %eax; int $0x80; mov $60, %eax; xor %edi, %edi; syscall
  {
    id: 'E35',
    name: 'no 32-bit calls from a 64-bit program',
    script: machineCode('b814000000cd80b83c00000031ff0f05', 64),
    expect: /ended (159|127|126)\n$/,
  },
  // mov $1 (exit), %eax; xor %ebx, %ebx; int $0x80
  {
    id: 'E35b',
    name: 'no 32-bit program',
    script: machineCode('b80100000031dbcd80', 32),
    expect: /ended (159|126)\n$/,
  },
  // mov $0x40000000 | 39 (x32 getpid), %eax; syscall; mov $60, %eax; xor %edi, %edi; syscall
  {
    id: 'E35c',
    name: 'no call of the x32 table',
    script: machineCode('b8270000400f05b83c00000031ff0f05', 64),
    expect: /ended 159\n$/,
  },
];
