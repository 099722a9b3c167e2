docker pull hello-world
id=$(docker images --quiet --no-trunc hello-world)
id=${id#sha256:}
answer image-id "${id:0:4}"
