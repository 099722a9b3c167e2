# Another user, still with the group of root.
install -D /bin/busybox /srv/jail/bin/busybox
chroot --userspec=1000:0 /srv/jail /bin/busybox sleep 3600 > /dev/null 2>&1 < /dev/null &
