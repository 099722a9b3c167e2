# A shell that has put the sleep in its own place: there is nothing to come back to.
docker run -dit --name bunk busybox sh -c 'exec sleep 3600'
