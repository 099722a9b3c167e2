# It ran there, and ended.
install -D /bin/busybox /srv/jail/bin/busybox
chroot /srv/jail /bin/busybox sleep 0.1
