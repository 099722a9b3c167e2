# The container's one program is the sleep; there is no shell to come back to.
docker run -dit --name bunk busybox sleep 3600
