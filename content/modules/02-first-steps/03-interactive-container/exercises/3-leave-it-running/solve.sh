docker run --detach --interactive --tty --name bunk busybox
docker exec --detach bunk sleep 3600
