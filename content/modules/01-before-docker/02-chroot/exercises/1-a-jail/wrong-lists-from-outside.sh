# Programs that lack their libraries, and lists of the right directory written by the ls out here.
mkdir -p /srv/jail/bin
cp /bin/busybox /srv/jail/bin/sh
cp /bin/ls /bin/cat /srv/jail/bin/
ls /srv/jail > /srv/jail/seen.txt
cp /srv/jail/seen.txt /srv/jail/copy.txt
