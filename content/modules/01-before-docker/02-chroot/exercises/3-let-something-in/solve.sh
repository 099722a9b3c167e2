mkdir -p /srv/jail/bin /srv/jail/library
cp /bin/busybox /srv/jail/bin/
for program in sh ls cat sleep; do ln -sf busybox "/srv/jail/bin/$program"; done
mount --bind /srv/library /srv/jail/library
chroot /srv/jail /bin/sh -c 'cat /library/poem.txt > /library/reply.txt'
chroot /srv/jail /bin/sh -c 'cd /library && exec /bin/sleep 3600' > /dev/null 2>&1 < /dev/null &
