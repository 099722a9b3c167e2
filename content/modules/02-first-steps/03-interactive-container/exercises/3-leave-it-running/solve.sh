docker run --detach --interactive --tty --name bunk busybox sh
docker exec --detach bunk sleep 3600
