docker pull hello-world
digest=$(docker image inspect --format '{{index .RepoDigests 0}}' hello-world)
answer image-id "${digest#*@}"
