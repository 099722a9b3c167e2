# Another shell in the container ended with 7; the container's own goes on.
docker run --name farewell -dit debian bash
docker exec farewell bash -c 'exit 7' || true
