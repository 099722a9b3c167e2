# A shell in the jail becomes it. Debian's sleep this time, with its libraries.
mkdir -p /srv/jail/bin
cp /bin/busybox /srv/jail/bin/sh
cp /bin/sleep /srv/jail/bin/
ldd /bin/sleep | grep -o '/lib[^ ]*' | xargs -I{} cp --parents {} /srv/jail/
chroot /srv/jail /bin/sh -c 'exec /bin/sleep infinity' > /dev/null 2>&1 < /dev/null &
