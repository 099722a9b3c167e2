# The shell that ends with 42 is one out here.
bash -c 'docker run busybox sh; exit 42' || true
