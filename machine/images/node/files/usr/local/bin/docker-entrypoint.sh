#!/bin/sh
# Makes `docker run node app.js` mean `node app.js`: whatever is an option of node, or no command of this image, goes to
# node; any command (`bash`, `npm`) is run as it is.
case "${1-}" in
  -*) set -- node "$@" ;;
  *)
    if ! command -v "${1-node}" >/dev/null 2>&1 || { [ -f "$1" ] && [ ! -x "$1" ]; }; then
      set -- node "$@"
    fi
    ;;
esac
exec "$@"
