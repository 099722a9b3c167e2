docker pull hello-world
answer image-id "$(docker image inspect --format '{{.Id}}' hello-world)"
