docker run --name farewell -dit debian bash -c 'exit'
docker wait farewell
