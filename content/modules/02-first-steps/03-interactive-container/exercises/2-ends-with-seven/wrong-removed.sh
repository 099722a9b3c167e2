script -qec "docker run --rm -it debian bash -c 'exit 7'" /dev/null < /dev/null || true
