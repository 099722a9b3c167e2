# Functions for the scripts of cases; only bash, coreutils and perl-base are there.

# Copies that are not set-user-id: without a user namespace they would become an id that is nobody's.
PATH=/tmp/.bin:$PATH

# call NAME NUMBER ARG...: a system call by its number; prints "NAME ERRNO", 0 for success. An argument s:TEXT is a
# string, b:N a buffer of N zero bytes, everything else a number.
call() {
  perl -e '
    my ($name, $number, @arguments) = @ARGV;
    my @values = map { my $a = $_; $a =~ s/^s:// ? $a : $a =~ /^b:(\d+)/ ? "\0" x $1 : $a =~ /^0x/ ? hex($a) : $a + 0 } @arguments;
    my $result = syscall($number, @values);
    printf "%s %d\n", $name, $result == -1 ? $! + 0 : 0;' "$@"
}

# opened FILE...: prints "opened FILE" for each that can be opened for writing; nothing is written.
opened() {
  perl -e 'use Fcntl; for (@ARGV) { next if !-e || -d; sysopen(my $f, $_, O_WRONLY | O_APPEND | O_NONBLOCK | O_NOCTTY) or next; print "opened $_\n" }' "$@"
}

# readable FILE...: prints "read FILE" for each of which a byte can be read.
readable() {
  perl -e 'use Fcntl; for (@ARGV) { next if !-e || -d; sysopen(my $f, $_, O_RDONLY | O_NONBLOCK | O_NOCTTY) or next; print "read $_\n" if sysread($f, my $byte, 1) }' "$@"
}

# http ADDRESS PORT REQUEST: sends it (with \r\n for each |) and prints the start of the answer, or the error.
http() {
  perl -e '
    use Socket; my ($address, $port, $request) = @ARGV; $request =~ s/\|/\r\n/g; $SIG{ALRM} = sub { print "timeout\n"; exit }; alarm($ENV{HTTP_SECONDS} // 10);
    socket(my $s, AF_INET, SOCK_STREAM, 0) or die; connect($s, sockaddr_in($port, inet_aton($address))) or do { print "connect: $!\n"; exit };
    syswrite $s, $request; my $answer = ""; while (sysread($s, my $part, 4096)) { $answer .= $part; last if length $answer > 20000 }
    print length $answer ? substr($answer, 0, 2000) : "closed", "\n"' "$@"
}

# die_first: of all that runs here, the kernel kills this script and its children when memory is short.
die_first() { echo 1000 >/proc/self/oom_score_adj; }

# hungry CODE: twelve programs at once take 75 MB each by CODE (perl) and keep it; prints "fed" when all of them have it,
# and ends when one is killed. What no process has mapped comes free only when its holder has ended, and the kernel kills
# one after the other until then: with one large holder that is long enough to reach Docker and this script.
# The word is spelled in two: bash tells of a killed program by its whole text.
hungry() {
  (
    die_first
    perl -e '
      my @programs; $SIG{CHLD} = sub { kill 9, @programs; exit };
      pipe my $told, my $tell; pipe my $wait, my $release;
      for (1..12) {
        my $program = fork // exit;
        if ($program) { push @programs, $program; next }
        $SIG{CHLD} = "DEFAULT"; close $release; eval $ARGV[0]; die $@ if $@;
        syswrite $tell, "."; sysread $wait, my $end, 1; exit;
      }
      close $tell; my $count = 0; $count++ while $count < 12 && sysread $told, my $one, 1;
      $SIG{CHLD} = "IGNORE"; print "f", "ed\n" if $count == 12; kill 9, @programs' "$1"
  )
}

# is_v1 CONTROLLER: it is bound to a hierarchy of its own already, so that mounting it makes no new one.
is_v1() { grep -qE "^$1[[:space:]]+[1-9]" /proc/cgroups; }
