# As Debian's start scripts did it.
install -D /bin/busybox /srv/jail/bin/sleep
start-stop-daemon --start --background --make-pidfile --pidfile /run/jailed-sleep.pid \
  --chroot /srv/jail --startas /bin/sleep -- 3600
