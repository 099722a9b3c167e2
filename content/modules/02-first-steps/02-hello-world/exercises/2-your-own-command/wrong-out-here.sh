docker pull busybox
date
