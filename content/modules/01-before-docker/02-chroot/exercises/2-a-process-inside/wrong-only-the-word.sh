# Another program, with the word among the files that it follows.
install -D /bin/busybox /srv/jail/bin/busybox
chroot /srv/jail /bin/busybox tail -f /bin/busybox sleep > /dev/null 2>&1 < /dev/null &
