# The other way round: the directory moves into the jail, and a link outside leads to it.
install -D /bin/busybox /srv/jail/bin/busybox
mv /srv/library /srv/jail/library
ln -s /srv/jail/library /srv/library
echo 'heard it twice' > /srv/jail/library/reply.txt
unshare --root=/srv/jail --wd=/library /bin/busybox sleep 3600 > /dev/null 2>&1 < /dev/null &
