# The container's date knows no such option.
docker run busybox date --no-such-option || true
