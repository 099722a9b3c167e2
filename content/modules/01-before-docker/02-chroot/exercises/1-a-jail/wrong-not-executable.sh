# Busybox's shell can do without the file, so the proof is there and the program is not.
mkdir -p /srv/jail/bin
cp /bin/busybox /srv/jail/bin/
ln -sf busybox /srv/jail/bin/sh
ln -sf busybox /srv/jail/bin/ls
cp --no-preserve=mode /bin/busybox /srv/jail/bin/cat
chmod 0644 /srv/jail/bin/cat
chroot /srv/jail /bin/sh -c 'ls / > /seen.txt; /bin/busybox cat /seen.txt > /copy.txt'
