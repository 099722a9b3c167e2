docker run busybox sh -c 'exit 42' || true
