docker run --rm hello-world
docker run --rm hello-world
