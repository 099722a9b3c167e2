id=$(docker run --detach -it debian)
answer hostname "${id:0:12}"
answer kernel "$(docker exec "$id" sed -n 's/^VERSION_ID="\(.*\)"/\1/p' /etc/os-release)"
