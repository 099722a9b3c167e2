# Two containers: a shell in one, the sleep in the other.
docker run -dit --name bunk busybox
docker run -dit --name upper-bunk busybox sleep 3600
