# Sourced by the scripts of bin/, which set $repository: brings the dependencies of package-lock.json, the project's own
# Node among them, and becomes a program of bin/. Costs a few milliseconds when nothing has changed.

node_modules=$repository/node_modules

in_step() {
  [ -x "$node_modules/.bin/node" ] || return 1
  read -r installed 2>/dev/null <"$node_modules/.chrootcamp-lock" || return 1
  [ "$installed" = "$(sha256sum <"$repository/package-lock.json")" ]
}

bring_dependencies() {
  for tool in node npm; do
    if ! command -v "$tool" >/dev/null 2>&1; then
      echo "chrootcamp: found no $tool; needed: Node.js 20 or newer with npm." >&2
      echo "Install them, on Debian 13 by: apt-get install nodejs npm (elsewhere: https://nodejs.org)" >&2
      exit 1
    fi
  done
  # In the background, because a shell acts on a signal only after a foreground child has ended.
  exec 3<&0
  node "$repository/host/bootstrap.mjs" <&3 &
  bootstrap=$!
  # Not INT: a shell lets its background children begin with that ignored, until they ask for it.
  interrupted=
  trap 'interrupted=yes; kill -TERM "$bootstrap" 2>/dev/null || :' INT TERM HUP
  status=0
  wait "$bootstrap" || status=$?
  while kill -0 "$bootstrap" 2>/dev/null; do
    status=0
    wait "$bootstrap" || status=$?
  done
  exec 3<&-
  [ -z "$interrupted" ] || exit 130
  trap - INT TERM HUP
  [ "$status" -eq 0 ] || exit "$status"
  in_step && return
  echo "chrootcamp: $node_modules is still not in step with package-lock.json after npm ci. Run it by hand: npm ci" >&2
  exit 1
}

# launch PROGRAM ARGUMENT...
launch() {
  program=$1
  shift
  in_step || bring_dependencies
  exec "$node_modules/.bin/node" --no-warnings "$repository/bin/$program" "$@"
}
