# One word with a space in it: there is no such program.
docker run busybox 'date -u' || true
