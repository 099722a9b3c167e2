# By its id, in the background, under names of our own.
docker pull hello-world
id=$(docker images --quiet hello-world)
docker run --detach --name once "$id"
docker run --detach --name again "$id"
docker wait once again
