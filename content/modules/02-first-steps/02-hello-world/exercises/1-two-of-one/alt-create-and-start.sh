docker pull hello-world
first=$(docker create hello-world)
second=$(docker create hello-world:latest)
docker start "$first" "$second"
docker wait "$first" "$second"
