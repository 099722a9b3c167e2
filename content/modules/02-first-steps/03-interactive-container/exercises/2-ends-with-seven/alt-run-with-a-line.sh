script -qec "docker run -it debian bash -c 'exit 7'" /dev/null < /dev/null || true
