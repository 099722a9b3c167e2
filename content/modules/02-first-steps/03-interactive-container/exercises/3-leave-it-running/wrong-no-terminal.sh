docker run --detach --interactive --name bunk busybox sh
docker exec --detach bunk sleep 3600
