/** The host, the metadata of clouds, neighbours, and what of the outside is not meant to be reached. */
import type { EscapeCase } from '../escape-case.ts';

const gateway = '10.77.0.1';

export const network: EscapeCase[] = [
  {
    id: 'N1',
    name: 'no address of cloud metadata answers',
    script:
      'export HTTP_SECONDS=2; http 169.254.169.254 80 "GET / HTTP/1.0||" & http 169.254.170.2 80 "GET / HTTP/1.0||" & wait; echo end',
    expect: /^((timeout|connect: [^\n]*)\n){2}end/,
  },
  {
    id: 'N2',
    name: 'no service of the host answers, by any of its addresses',
    script: `export HTTP_SECONDS=2; for a in 127.0.0.1 ${gateway} 172.17.0.1 10.77.0.2 $HOST_ADDRESSES; do http $a $PORT "GET / HTTP/1.0||" & done; wait; echo end`,
    expect: /end/,
    never: /the host answered/,
  },
  {
    id: 'N2b',
    name: 'the gateway has three doors',
    script: `perl -e 'use Socket; for my $port (1..1100, 2375, 2376, 5000, 8080, 8443) { socket(my $s, 2, 1, 0); local $SIG{ALRM} = sub { die }; eval { alarm 2; print "$port " if connect($s, sockaddr_in($port, inet_aton("${gateway}"))); alarm 0 } }'`,
    expect: /^80 443 5000 $/,
  },
  {
    id: 'N3',
    name: 'a neighbour’s service is out of reach',
    script:
      'export HTTP_SECONDS=2; for a in 10.77.0.2 10.77.0.3 172.17.0.2 172.17.0.1; do http $a 8099 "GET / HTTP/1.0||" & done; wait; echo end',
    expect: /end/,
    never: /neighbour/,
  },
  {
    id: 'N4',
    name: 'lies told to the wire reach nobody else',
    // Said on every wire there is, and listened for on all others: an end of one that is here too would hear it.
    script: `perl -e 'socket(my $s, 17, 3, 0x0300) or do { print "no $!\\n"; exit }; my $me = "\\x02camp!";
      my $arp = "\\xff" x 6 . $me . pack("n", 0x806) . pack("nnCCn", 1, 0x800, 6, 4, 2) . $me . pack("C4", 10, 77, 0, 1) . "\\xff" x 6 . pack("C4", 10, 77, 0, 2);
      my $ra = "\\x33\\x33\\0\\0\\0\\1" . $me . pack("n", 0x86dd) . pack("NnCC", 0x60000000, 16, 58, 255) . "\\xfe\\x80" . "\\0" x 13 . "\\x66" . "\\xff\\x02" . "\\0" x 13 . "\\1" . pack("CCnCCnNN", 134, 0, 0, 64, 0, 1800, 0, 0);
      for my $wire (grep { !m{/(lo|docker0|veth\\w+|br-\\w+)$} } glob "/sys/class/net/*") { open my $i, "<", "$wire/ifindex" or next; my $to = pack "SnlSCCa8", 17, 0x300, <$i> + 0, 1, 0, 6, "\\xff" x 6; for (1..3) { send($s, $_, 0, $to) and $sent++ for $arp, $ra } }
      print $sent ? "sent\\n" : "nothing sent\\n"; $SIG{ALRM} = sub { exit }; alarm 2;
      while (my $from = recv($s, my $frame, 2000, 0)) { my (undef, undef, undef, undef, $kind) = unpack "SnlSC", $from; print "heard\\n" if $kind != 4 && substr($frame, 6, 6) eq $me }'; echo end`,
    expect: /^sent\n/,
    never: /heard/,
  },
  {
    id: 'N5',
    name: 'no service of the host by IPv6',
    script: `perl -e 'use Socket qw(:DEFAULT inet_pton pack_sockaddr_in6); $SIG{ALRM} = sub { print "timeout\\n"; exit }; alarm 4; for my $a ("::1", "::ffff:127.0.0.1", "fe80::1", "fd77::1") { socket(my $s, 10, 1, 0) or next; connect($s, pack_sockaddr_in6($ARGV[0], inet_pton(10, $a))) or next; sysread $s, my $b, 100; print $b }' $PORT; echo end`,
    expect: /end/,
    never: /the host answered/,
  },
  {
    id: 'N6',
    name: 'names that are not allowed are unknown, and nothing is asked outside',
    script: `for n in example.org $NONCE.example.org metadata.google.internal host.docker.internal; do getent ahostsv4 $n; done; getent ahostsv4 camp-allowed.example && echo control; echo end`,
    expect: /^end/,
  },
  {
    id: 'N7',
    name: 'the proxy lets no other name through',
    script: `http ${gateway} 80 "GET / HTTP/1.1|Host: example.org|Connection: close||" | head -1; http ${gateway} 80 "GET http://example.org/ HTTP/1.1|Host: localhost|Connection: close||" | head -1; http ${gateway} 80 "GET / HTTP/1.1|Host: 127.0.0.1:$PORT|Connection: close||" | head -1; http ${gateway} 80 "GET / HTTP/1.1|Host: [::1]|Connection: close||" | head -1; echo end`,
    expect: /^HTTP\/1\.\d 403 [^\n]*\n(HTTP\/1\.\d (403|400|502) [^\n]*\n){3}end/,
  },
  {
    id: 'N8',
    name: 'an allowed name that leads inwards is refused',
    script: `http ${gateway} 80 "GET / HTTP/1.1|Host: localhost|Connection: close||"; http ${gateway} 80 "GET / HTTP/1.1|Host: localhost:$PORT|Connection: close||"; http ${gateway} $PORT "GET / HTTP/1.1|Host: localhost:$PORT|Connection: close||"`,
    expect: /^HTTP\/1\.\d (403|502) /,
    never: /the host answered/,
  },
  {
    id: 'N9',
    name: 'the proxy is no tunnel',
    script: `http ${gateway} 80 "CONNECT 127.0.0.1:$PORT HTTP/1.1|Host: 127.0.0.1:$PORT||" | head -1; http ${gateway} 80 "GET / HTTP/1.1|Host: localhost|Host: example.org|Connection: close||" | head -1; http ${gateway} 443 "GET / HTTP/1.0||" | head -1; http ${gateway} 443 "SSH-2.0-camp||" | head -1`,
    expect: /^(HTTP\/1\.\d (40\d|50\d) [^\n]*\n|closed\n|timeout\n){4}$/,
    kernel: 'no knob of ours: the relay has no code that tunnels',
  },
  {
    id: 'N12',
    name: 'the registry that all share takes nothing in',
    script: `http ${gateway} 5000 "POST /v2/library/camp/blobs/uploads/ HTTP/1.0|Content-Length: 0||" | head -1; http ${gateway} 5000 "DELETE /v2/library/busybox/manifests/latest HTTP/1.0||" | head -1; http ${gateway} 5000 "PUT /v2/library/busybox/manifests/latest HTTP/1.0|Content-Type: application/json|Content-Length: 2||{}" | head -1`,
    expect: /^(HTTP\/1\.\d (40\d|50\d) [^\n]*\n){3}$/,
    kernel: 'no knob of ours: the registry serves a store in read-only mode, as its own configuration says',
  },
  {
    id: 'N13',
    name: 'the registry gives nothing but images',
    script: `for p in /v2/../../etc/passwd /v2/..%2f..%2f..%2fetc/passwd /v2/library/..%2f..%2f/manifests/latest /debug/vars /metrics; do http ${gateway} 5000 "GET $p HTTP/1.0||" | head -20; done; echo end`,
    expect: /end/,
    never: /root:x:|cmdline|go_gc/,
    kernel: 'no knob of ours: docker-registry’s own care for paths, and its debugging server off by default',
  },
  {
    id: 'N15',
    name: 'no interface of the host',
    script: 'ls /sys/class/net; cut -d: -f1 /proc/net/dev | tail -n +3 | tr -d " "; echo end',
    expect: /end/,
    never: /^(ens|enp|wlan|wlp)\w*$|canary0/m,
  },
  {
    id: 'N17',
    name: 'routes lead to the gateway and nowhere else',
    script:
      'tail -n +2 /proc/net/route | cut -f2 | sort -u | tr "\\n" " "; cat /proc/net/tcp /proc/net/tcp6 | grep -ci ":$(printf %04X $PORT) .* 0A "; echo end',
    expect: /^((00000000|00004D0A|0000[0-9A-F]{2}AC) )+0\nend/,
  },
];
