mkdir -p /srv/jail/bin /srv/jail/library
cp /bin/busybox /srv/jail/bin/
for program in sh sleep; do ln -s busybox "/srv/jail/bin/$program"; done
mount --bind /srv/library /srv/jail/library
chroot /srv/jail /bin/sh -c 'echo heard > /library/reply.txt'
chroot /srv/jail /bin/sh -c 'cd /library && exec /bin/sleep 3600' > /dev/null 2>&1 < /dev/null &
