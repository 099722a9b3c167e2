/** What kinds of sockets there are: each family is code of the kernel that can be reached or not. */
import type { EscapeCase } from '../escape-case.ts';

/** A bit above those the kernel looks at, which a filter must not be fooled by. */
const high = '0x100000000';

export const sockets: EscapeCase[] = [
  {
    id: 'E30',
    name: 'no nf_tables',
    script: `call netfilter 41 16 3 12; call high 41 16 3 $((12 + ${high}))`,
    expect: /^netfilter 1\nhigh 93\n$/,
  },
  {
    id: 'E30b',
    name: 'no IPsec',
    script: `call xfrm 41 16 3 6; call high 41 16 3 $((6 + ${high}))`,
    expect: /^xfrm 1\nhigh 93\n$/,
  },
  {
    id: 'E30c',
    name: 'no other protocol of netlink but four',
    script: `perl -e 'for my $p (0..40) { print "$p " if syscall(41, 16, 3, $p) != -1 }'`,
    expect: /^0 4 15 16 $/,
  },
  {
    id: 'E32',
    name: 'no AF_ALG, asked straight or around a corner',
    script: `call alg 41 38 5 0; call high 41 $((38 + ${high})) 5 0; call pair 53 38 5 0 b:8`,
    expect: /^alg 97\nhigh 97\npair 97\n$/,
    kernel: 'this kernel is built without AF_ALG; E33 shows the same rule at AF_VSOCK',
  },
  {
    id: 'E33',
    name: 'no vsock, asked straight or around a corner',
    script: `call vsock 41 40 1 0; call high 41 $((40 + ${high})) 1 0`,
    expect: /^vsock (1|97)\nhigh 97\n$/,
  },
  {
    id: 'E34',
    name: 'no family of sockets but five',
    script: `perl -e 'for my $f (0..70, map { $_ + 2**32 } 0..70) { for my $t (1, 2, 3, 5) { my $r = syscall(41, $f, $t, 0); if ($r != -1 || ($! != 97 && $! != 1)) { print "$f "; last } } }'`,
    expect: /^1 2 (10 )?16 17 $/,
  },
  {
    id: 'E34b',
    name: 'pairs of sockets are of the Unix family',
    script: `perl -e 'for my $f (0..70, map { $_ + 2**32 } 0..70) { my $r = syscall(53, $f, 1, 0, my $b = "\\0" x 8); print "$f " if $r != -1 || $! != 97 }'`,
    expect: /^1 $/,
  },
  {
    id: 'E31',
    name: 'no raw packets of a protocol that only the kernel speaks',
    script:
      'call packet 41 38 3 768; call can 41 29 3 1; call bluetooth 41 31 3 0; call rds 41 21 5 0; call tipc 41 30 5 0; call sctp-over 41 33 2 2; call xdp 41 44 3 0; call kcm 41 41 5 0; call smc 41 43 1 0; call key 41 15 3 2',
    expect: /^(\S+ 97\n){10}$/,
  },
  {
    id: 'E31b',
    name: 'no rings of packets, memory of the kernel on nobody’s account',
    // A ring of one page: what is refused is the option, by whatever bits above those the kernel looks at.
    script: `perl -e 'socket(my $s, 17, 3, 0) or die "socket $!"; for my $level (263, 263 + 2**32) { for my $option (5, 13, 5 + 2**32) { my $ring = pack "I4", 4096, 1, 2048, 2; my $r = syscall(54, fileno $s, $level, $option, $ring, 16); print $r == -1 ? $! + 0 : "ring", " " } } my $one = pack "i", 1; print syscall(54, fileno $s, 263, 8, $one, 4), "\\n"'`,
    expect: /^1 1 38 38 38 38 0\n$/,
  },
  {
    id: 'E35d',
    name: 'no upper protocol that encrypts in the kernel',
    script: `perl -e 'use Socket; socket(my $l, 2, 1, 0); bind($l, sockaddr_in(0, INADDR_LOOPBACK)); listen($l, 1); socket(my $s, 2, 1, 0); connect($s, getsockname $l) or print "connect $!\\n"; for my $u ("espintcp", "tls", "smc", "mptcp") { print setsockopt($s, 6, 31, $u) ? "has $u\\n" : "" }'; echo end`,
    expect: /^(has tls\n|has mptcp\n)?end/,
    kernel: 'the kernel loads such a protocol only for root outside, or has none',
  },
  {
    id: 'N14',
    name: 'abstract sockets of the host are out of reach',
    script: `perl -e 'socket(my $s, 1, 1, 0) or die; my $a = pack("S", 1) . "\\0" . $ARGV[0]; print connect($s, $a) ? "connected\\n" : "no\\n"' "$ABSTRACT"; grep -c "$ABSTRACT" /proc/net/unix; echo end`,
    expect: /^no\n0\nend/,
  },
];
