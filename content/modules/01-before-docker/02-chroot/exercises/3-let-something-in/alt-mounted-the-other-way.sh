# The directory moves into the jail and is shown outside.
install -D /bin/busybox /srv/jail/bin/busybox
mv /srv/library /srv/jail/library
mkdir /srv/library
mount --bind /srv/jail/library /srv/library
chroot /srv/jail /bin/busybox sh -c 'echo heard > /library/reply.txt'
unshare --root=/srv/jail --wd=/library /bin/busybox sleep 3600 > /dev/null 2>&1 < /dev/null &
