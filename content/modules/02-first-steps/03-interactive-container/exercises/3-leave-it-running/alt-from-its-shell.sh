docker run -dit busybox sh -c 'sleep 3600 & exec sh'
