docker run hello-world
answer image-id "$(docker images --quiet hello-world)"
