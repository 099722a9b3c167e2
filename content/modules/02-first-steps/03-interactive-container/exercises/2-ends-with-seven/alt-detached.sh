docker run --name farewell -dit debian:latest bash -c 'exit $((3 + 4))'
docker wait farewell
