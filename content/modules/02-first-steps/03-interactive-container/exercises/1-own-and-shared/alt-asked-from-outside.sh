# The host name is how the container's id begins, and the kernel is the one out here.
id=$(docker run --detach -it debian)
answer hostname "${id:0:12}"
answer kernel "$(uname -r)"
