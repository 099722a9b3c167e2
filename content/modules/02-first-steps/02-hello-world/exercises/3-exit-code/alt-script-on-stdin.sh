echo 'exit 42' | docker run --interactive busybox || true
