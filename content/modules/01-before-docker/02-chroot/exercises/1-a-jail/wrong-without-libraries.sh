# A shell that works, and two programs copied without their libraries: all three files are there.
mkdir -p /srv/jail/bin
cp /bin/busybox /srv/jail/bin/sh
cp /bin/ls /bin/cat /srv/jail/bin/
chroot /srv/jail /bin/sh -c '/bin/ls / > /seen.txt; /bin/cat /seen.txt > /copy.txt' || true
