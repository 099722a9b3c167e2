# From outside the poem and the reply are all there. In the jail the link leads nowhere.
mkdir -p /srv/jail/bin
cp /bin/busybox /srv/jail/bin/
ln -s busybox /srv/jail/bin/sh
ln -sfn /srv/library /srv/jail/library
echo heard > /srv/library/reply.txt
chroot /srv/jail /bin/busybox sleep 3600 > /dev/null 2>&1 < /dev/null &
