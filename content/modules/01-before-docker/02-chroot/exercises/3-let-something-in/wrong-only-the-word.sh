# All is in its place; the reader is another program, with the word among the files that it follows.
install -D /bin/busybox /srv/jail/bin/busybox
mkdir /srv/jail/library
mount --bind /srv/library /srv/jail/library
echo heard > /srv/jail/library/reply.txt
unshare --root=/srv/jail --wd=/library /bin/busybox tail -f /bin/busybox sleep > /dev/null 2>&1 < /dev/null &
