id=$(docker run --detach --interactive debian)
answer hostname "${id:0:12}"
answer kernel "$(uname -r)"
