docker run busybox date
