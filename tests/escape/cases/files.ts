/** Out by way of paths, mounts and file systems. */
import type { EscapeCase } from '../escape-case.ts';

const never = /camp-canary/;

export const files: EscapeCase[] = [
  {
    id: 'E04',
    name: 'the whole tree bound elsewhere is one’s own',
    script:
      'mkdir -p /tmp/b; unshare -m sh -c "mount --rbind / /tmp/b && ls /tmp/b/tmp" 2>&1; ls /tmp; [ ! -d /host ] || ls /host/tmp; echo end',
    expect: /end/,
    never,
  },
  {
    id: 'E06',
    name: 'out of a chroot by way of its parent: still inside',
    script: `perl -e 'mkdir "/tmp/j"; chroot "/tmp/j" or die "chroot: $!"; chdir ".." for 1..40; chroot "."; opendir D, "/tmp"; print "$_\\n" for readdir D'; echo end`,
    expect: /end/,
    never,
  },
  {
    id: 'E06b',
    name: 'out of a chroot by a descriptor kept open: still inside',
    script: `perl -e 'mkdir "/tmp/j"; opendir my $d, "/"; chroot "/tmp/j" or die "chroot: $!"; chdir $d; chdir ".." for 1..40; chroot "."; opendir D, "/tmp"; print "$_\\n" for readdir D'; echo end`,
    expect: /end/,
    never,
  },
  {
    id: 'E08',
    name: 'nothing lies under the root',
    script: 'unshare -m sh -c "umount -l / 2>/dev/null; ls /tmp /.. 2>/dev/null"; echo end',
    expect: /end/,
    never,
  },
  {
    id: 'E09',
    name: 'pivoting and moving mounts ends at the own root',
    script: `unshare -m bash -c 'mount --make-rprivate / ; mkdir -p /tmp/n && mount -t tmpfs t /tmp/n && mkdir /tmp/n/old && cd /tmp/n && pivot_root . old && exec 2>/dev/null; for d in /old /old/.. /old/../..; do for f in $d/tmp/*; do echo $f; done; done' 2>&1; echo end`,
    expect: /end/,
    never,
  },
  {
    id: 'E10',
    name: 'a fresh proc and sysfs show one’s own',
    script:
      "mkdir -p /tmp/p; unshare -m sh -c \"mount -t proc p /tmp/p && cat /tmp/p/[0-9]*/cmdline | tr '\\0' '\\n' | grep '^canar[y]-'; umount /tmp/p; mount -t sysfs s /tmp/p && ls /tmp/p/class/net\" 2>&1; echo end",
    expect: /end/,
    never: /canary-|\b(ens|enp|wlan)\d/,
  },
  {
    id: 'E60',
    name: 'magic links of every process end at the own root',
    script:
      'for p in /proc/[0-9]* /proc/thread-self; do ls $p/root/tmp $p/cwd/tmp $p/cwd/../../../../tmp 2>/dev/null; done; echo end',
    expect: /end/,
    never,
  },
  {
    id: 'E61',
    name: 'an overlay over the own root shows the own root',
    script:
      'unshare -m sh -c "mkdir -p /tmp/o && mount -t tmpfs t /tmp/o && mkdir /tmp/o/u /tmp/o/w /tmp/o/m && mount -t overlay o -o lowerdir=/:/proc/1/root,upperdir=/tmp/o/u,workdir=/tmp/o/w,userxattr /tmp/o/m && ls /tmp/o/m/tmp" 2>&1; echo end',
    expect: /end/,
    never,
    kernel: 'an overlay shows no more than the paths it is made of; what those must not show, E04 says',
  },
  {
    id: 'E62',
    name: 'no trusted attribute, by which an overlay of the host would be led',
    script: `call trusted 188 s:/tmp s:trusted.overlay.redirect s:/etc 4 0; call security 188 s:/tmp s:security.camp s:x 1 0`,
    expect: /^trusted (1|95)\n/,
    never: /^trusted 0/m,
  },
  {
    id: 'E63',
    name: 'no file system from an image: neither by name nor by the newer calls',
    script: `head -c 1048576 /dev/zero >/tmp/i; unshare -m sh -c "mount -o loop -t ext4 /tmp/i /mnt; mount -t ext4 /tmp/i /mnt; mount -t squashfs /tmp/i /mnt; mount -t xfs /tmp/i /mnt" 2>&1; ls /mnt; rm /tmp/i
      perl -e 'my $fs = syscall(430, my $t = "ext4", 0); printf "fsopen %d\\n", $fs < 0 ? $!+0 : 0; exit if $fs < 0; my ($k, $v) = ("source", "/dev/null"); syscall(431, $fs, 1, $k, $v, 0); printf "create %d\\n", syscall(431, $fs, 6, 0, 0, 0) == -1 ? $!+0 : 0'; echo end`,
    expect: /(fsopen (1|38)|create 1)\nend/,
    // There the loop control of the host is at hand.
    notUnder: ['raw root'],
  },
  {
    id: 'E37',
    name: 'an overlong option of a file system is refused, and the kernel stands (CVE-2022-0185)',
    script: `perl -e 'my $fs = syscall(430, my $t = "tmpfs", 0); if ($fs < 0) { printf "refused %d\\n", $!+0; exit } my ($k, $v) = ("camp", "A" x 4000); my $last = 0; for (1..5) { $last = syscall(431, $fs, 1, $k, $v, 0) == -1 ? $!+0 : 0; } print "refused $last\\n"'`,
    expect: /^refused (1|22|38)\n$/,
    kernel: 'mended in the kernel; the case is here to be felt by one that is not',
  },
  {
    id: 'E64',
    name: 'no FUSE, whose answers a look from outside would wait for',
    script:
      'ls /dev/fuse 2>&1; mknod /tmp/fuse c 10 229; unshare -m mount -t fuse -o fd=0,rootmode=40000,user_id=0,group_id=0 f /mnt; opened /dev/fuse /tmp/fuse; rm -f /tmp/fuse; echo end',
    expect: /end/,
    never: /opened/,
  },
  {
    id: 'E65',
    name: 'no file system that shows the kernel itself',
    script: `for t in debugfs tracefs securityfs configfs pstore efivarfs selinuxfs smackfs devtmpfs hugetlbfs; do unshare -m sh -c "mount -t $t x /mnt 2>/dev/null && echo mounted $t"; done; echo end`,
    expect: /end/,
    never: /mounted/,
  },
  {
    id: 'E66',
    name: 'a handler of binaries registered inside is nobody else’s',
    script: `unshare -m sh -c 'mount -t binfmt_misc b /mnt 2>/dev/null && echo ":camp-'$NONCE':M::CAMPESCAPE::/bin/true:" >/mnt/register; ls /mnt; echo -1 >/mnt/camp-'$NONCE 2>&1; echo end`,
    expect: /end/,
    notUnder: ['no user namespace', 'raw root', 'host processes', 'host cgroups', 'shared network'],
    kernel: 'from 6.7 on a user namespace has an instance of its own, before that it may mount none',
  },
  {
    id: 'E67',
    name: 'no device node wakes by mounting its file system anew',
    script:
      'unshare -m sh -c "mount -o remount,dev,suid,bind /root; mount -t tmpfs -o dev,suid t /mnt; mknod /mnt/disk b $DEVICE; mknod /mnt/mem c 1 1; dd if=/mnt/disk bs=4k count=1 2>/dev/null | wc -c" 2>&1; echo end',
    expect: /^(0\n)?end/m,
    never: /^4096/m,
  },
  {
    id: 'E50',
    name: 'a working directory of an open descriptor leads nowhere (CVE-2024-21626)',
    script: `run() { docker run --rm -w /proc/self/fd/$1 busybox cat ../../../../..$CANARY/canary; }; export -f run 2>/dev/null
      if [ -d /host ]; then run() { chroot /host docker run --rm -w /proc/self/fd/$1 busybox cat ../../../../..$CANARY/canary; }; fi
      for fd in 6 7 8 9; do run $fd; done 2>&1 | grep -c alive`,
    expect: /^0\n$/,
    kernel: 'the sandbox’s own runtime has no such flaw; what leaks to a command of ours, E05 would show',
  },
  {
    id: 'E55',
    name: 'all of the host, as Docker gives it, is the sandbox',
    script:
      'r=/; [ ! -d /host ] || r=/host; ls $r/tmp $r$CANARY; cat $r$CANARY/canary; chroot $r sh -c "ls /tmp; cat $CANARY/canary"; echo end',
    expect: /end/,
    never: /camp-canary-\w+$|^alive/m,
  },
  {
    id: 'E36',
    name: 'a set-user-id program becomes no more than root inside',
    script: 'cp /usr/bin/id /tmp/i && chmod 4755 /tmp/i && /tmp/i -u; cat /proc/self/uid_map; rm /tmp/i',
    expect: /^0\n +0 +[1-9]\d{5,} +65536/,
  },
  {
    id: 'E53',
    name: 'programs that others run cannot be opened for writing (CVE-2019-5736)',
    script:
      'opened /proc/1/exe; for p in /proc/[0-9]*; do case "$(readlink $p/exe)" in *runc*|*memfd*) opened $p/exe;; esac; done; echo end',
    expect: /end/,
    never: /^opened/m,
    kernel: 'the text of a running program is busy (ETXTBSY); runc runs from a sealed copy besides',
  },
];
