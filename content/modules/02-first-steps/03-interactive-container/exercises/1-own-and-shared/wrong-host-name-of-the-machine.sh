docker run --detach -it debian
answer hostname "$(hostname)"
answer kernel "$(uname -r)"
