# The same mount, written down first; the reply comes from the shell that then goes to sleep.
install -D /bin/busybox /srv/jail/bin/busybox
mkdir /srv/jail/library
echo '/srv/library /srv/jail/library none bind 0 0' >> /etc/fstab
mount /srv/jail/library
chroot /srv/jail /bin/busybox sh > /dev/null 2>&1 <<'INSIDE' &
cd /library
echo 'heard it twice' > reply.txt
exec /bin/busybox sleep 3600
INSIDE
