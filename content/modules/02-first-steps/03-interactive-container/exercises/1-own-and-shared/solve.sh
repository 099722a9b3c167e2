docker create --interactive --tty --name cabin debian
docker start cabin
answer hostname "$(docker exec cabin hostname)"
answer kernel "$(docker exec cabin uname -r)"
