# No links: busybox goes by the name it was called by, whatever file that is.
install -D /bin/busybox /srv/jail/bin/sh
install -D /bin/busybox /srv/jail/bin/ls
install -D /bin/busybox /srv/jail/bin/cat
chroot /srv/jail /bin/sh <<'INSIDE'
/bin/ls / > /seen.txt
/bin/cat /seen.txt > /copy.txt
INSIDE
