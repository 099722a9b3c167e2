mkdir -p /srv/jail/bin
cp /bin/busybox /srv/jail/bin/
ln -s busybox /srv/jail/bin/sh
ln -s busybox /srv/jail/bin/ls
ln -s busybox /srv/jail/bin/cat
chroot /srv/jail /bin/sh -c 'ls / > /seen.txt'
chroot /srv/jail /bin/sh -c 'cat /seen.txt > /copy.txt'
