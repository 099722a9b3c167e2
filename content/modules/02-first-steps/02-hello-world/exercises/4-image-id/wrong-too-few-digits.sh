docker pull hello-world
id=$(docker images --quiet hello-world)
answer image-id "${id:0:3}"
