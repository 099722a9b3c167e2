mkdir -p /srv/jail/bin
cp /bin/busybox /srv/jail/bin/
ln -sf busybox /srv/jail/bin/sh
ln -sf busybox /srv/jail/bin/ls
ln -sf busybox /srv/jail/bin/cat
chroot /srv/jail /bin/sh -c 'ls / > /seen.txt'
chroot /srv/jail /bin/sh -c 'cat /seen.txt > /copy.txt'
