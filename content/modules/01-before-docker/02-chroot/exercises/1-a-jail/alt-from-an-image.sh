# The files of an image are a furnished root directory.
mkdir -p /srv/jail
docker export "$(docker create busybox)" | tar -x -C /srv/jail
chroot /srv/jail /bin/sh -c 'ls / > /seen.txt && cat < /seen.txt > /copy.txt'
