# A copy of the poem inside, and the reply written by hand outside.
install -D /bin/busybox /srv/jail/bin/busybox
cp -r /srv/library /srv/jail/
unshare --root=/srv/jail --wd=/library /bin/busybox sleep 3600 > /dev/null 2>&1 < /dev/null &
echo heard > /srv/library/reply.txt
