docker run busybox sh -c 'echo it is; date'
