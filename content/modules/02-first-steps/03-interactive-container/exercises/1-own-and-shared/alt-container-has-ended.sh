# A real terminal, and the answers read from what it showed.
seen=$(script -qec "docker run -it debian bash -c 'echo host: \$(cat /etc/hostname); echo kernel: \$(uname -r)'" /dev/null < /dev/null | tr -d '\r')
answer hostname "$(sed -n 's/.*host: //p' <<< "$seen")"
answer kernel "$(sed -n 's/.*kernel: //p' <<< "$seen")"
