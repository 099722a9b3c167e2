# unshare can change the root as well, and unshares nothing it is not asked to.
install -D /bin/busybox /srv/jail/bin/busybox
unshare --root=/srv/jail /bin/busybox sleep 3600 > /dev/null 2>&1 < /dev/null &
