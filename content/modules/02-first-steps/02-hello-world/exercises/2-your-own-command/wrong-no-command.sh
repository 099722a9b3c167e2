docker run busybox
date
