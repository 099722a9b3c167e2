docker run busybox exit 42 || true
