install -D /bin/busybox /srv/jail/bin/busybox
chroot /srv/jail /bin/busybox sleep 3600 > /dev/null 2>&1 < /dev/null &
