# The sleep was a job of a shell that is gone, and the container went with it.
docker run --name bunk -dit busybox sh -c 'sleep 3600 & exit'
docker wait bunk
