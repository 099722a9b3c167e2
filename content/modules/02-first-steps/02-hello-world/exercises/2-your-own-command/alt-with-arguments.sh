docker pull busybox
docker run --detach --name clock busybox /bin/date -u +%H:%M
docker wait clock
