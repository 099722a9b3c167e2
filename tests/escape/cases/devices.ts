/** Hardware, disks of the host and of neighbours, memory, the kernel's own words. */
import type { EscapeCase } from '../escape-case.ts';

export const devices: EscapeCase[] = [
  {
    id: 'E12',
    name: 'no device is made',
    script:
      'for d in "b 8 0" "b 254 0" "b 7 0" "b 259 0" "c 1 1" "c 1 2" "c 1 4" "c 10 229" "c 10 232" "c 10 237"; do mknod /tmp/node $d 2>/dev/null && echo "made $d"; rm -f /tmp/node; done; echo end',
    expect: /end/,
    never: /made/,
  },
  {
    id: 'E12b',
    name: 'a disk of a neighbour is read by no node of its number',
    script:
      'mknod /tmp/disk b $DEVICE && { mkdir -p /tmp/d; unshare -m sh -c "mount -o ro,noload -t ext4 /tmp/disk /tmp/d && ls -d /tmp/d/lost+found"; readable /tmp/disk; }; rm -f /tmp/disk; echo end',
    expect: /end/,
    never: /lost\+found|^read/m,
  },
  {
    id: 'E13',
    name: 'no disk of the host is mounted',
    script:
      'mkdir -p /tmp/d; for d in /dev/vda /dev/sda /dev/nvme0n1 /dev/root /dev/dm-0 /dev/camp-disk; do unshare -m sh -c "mount -o ro -t ext4 $d /tmp/d && ls -d /tmp/d/lost+found" 2>/dev/null; done; readable /dev/camp-disk; echo end',
    expect: /end/,
    never: /lost\+found|^read/m,
  },
  {
    id: 'E14',
    name: 'no loop device, no memory',
    script:
      'opened /dev/loop-control /dev/mem /dev/kmem /dev/port /dev/loop0; readable /dev/mem /dev/port /dev/loop0; echo end',
    expect: /end/,
    never: /^(opened|read)/m,
  },
  {
    id: 'E15',
    name: 'no device beyond the standard ones',
    script:
      'ls /dev/kvm /dev/vsock /dev/net/tun /dev/fuse /dev/vhost-net /dev/kmsg /dev/loop-control /dev/mapper/control /dev/uinput /dev/rtc0 /dev/hpet /dev/cpu_dma_latency /dev/autofs /dev/userfaultfd 2>/dev/null; for f in $(find /dev -not -path "/dev/pts/*" -not -type l | sort); do [ ! -b $f ] || echo $f; [ ! -c $f ] || echo -n "${f#/dev/} "; done',
    expect: /^(console )?full null random tty urandom zero $/,
  },
  {
    id: 'E15b',
    name: 'pseudo-terminals are those of the sandbox',
    script:
      'ls /dev/pts | grep -c "^[0-9]"; grep -c " - devpts " /proc/self/mountinfo; ls -l /dev/pts | grep -vc " root \\| tty \\|total" ; echo end',
    expect: /^[0-3]\n[1-9]\d*\n0\nend/,
  },
  {
    id: 'E16',
    name: 'the kernel’s log is the host’s',
    script:
      'dmesg; head -c 10 /dev/kmsg; readable /dev/kmsg /proc/kmsg; call syslog 103 3 b:64 64; call size 103 10 0 0; echo end',
    expect: /syslog 1\nsize 1\nend/,
    never: /^\[ +\d+\.\d+\]|^read/m,
  },
  {
    id: 'E17',
    name: 'addresses of the kernel are zero',
    script:
      "grep -vc '^0000000000000000' /proc/kallsyms; [ ! -e /proc/modules ] || grep -v ' 0x0000000000000000' /proc/modules | wc -l",
    expect: /^0\n(0\n)?$/,
  },
  {
    id: 'E18',
    name: 'nothing to debug the kernel with',
    script:
      'cat /proc/sched_debug 2>&1; ls /sys/kernel/debug/ /sys/kernel/tracing/ /sys/kernel/security/ 2>&1; readable /proc/timer_list /proc/vmallocinfo /proc/slabinfo /proc/pagetypeinfo /proc/kpagecount /proc/kpageflags /proc/iomem.raw; echo end',
    expect: /end/,
    never: /runnable|kprobes|available_events|^read/m,
  },
  {
    id: 'E11',
    name: 'kernel memory is not to be read',
    script: 'umount /proc/kcore 2>/dev/null; readable /proc/kcore /proc/vmcore /dev/mem /dev/kmem; echo end',
    expect: /^end/,
    kernel: 'kernels for servers are built without, or ask for a capability in their first user namespace',
  },
  {
    id: 'E68',
    name: 'buses and ports of the hardware are not written',
    script:
      'opened $(find /proc/bus /proc/mtrr /proc/acpi /proc/scsi /proc/irq /sys/bus/pci /sys/devices/pci* /sys/firmware -type f \\( -name config -o -name "resource*" -o -name "smp_affinity*" -o -name remove -o -name rescan -o -name bind -o -name unbind -o -name mtrr -o -name new_id -o -name "??.?" \\) 2>/dev/null | head -2000); echo end',
    expect: /^end/,
  },
];
