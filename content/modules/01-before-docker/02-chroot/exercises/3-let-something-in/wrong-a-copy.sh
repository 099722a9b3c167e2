# A copy takes the poem in and nothing out.
install -D /bin/busybox /srv/jail/bin/busybox
cp -r /srv/library /srv/jail/
chroot /srv/jail /bin/busybox sh -c 'echo heard by nobody > /library/reply.txt'
unshare --root=/srv/jail --wd=/library /bin/busybox sleep 3600 > /dev/null 2>&1 < /dev/null &
