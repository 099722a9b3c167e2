/**
 * What moves files inside a machine, as its root: POSIX shell, run there by the engine. No path of a learner's is ever
 * opened on the host, so a link, a mount or a race in the machine leads nowhere but around in it.
 */

/** Exit statuses the scripts end with by themselves; anything else is a fault of the machine's own tools. */
export const scriptExit = {
  missing: 41,
  refused: 42,
  exists: 43,
  incomplete: 44,
  unwritable: 45,
  tooLarge: 46,
} as const;

/**
 * `sh -c uploadScript name DIRECTORY NAME BYTES REPLACE`, the bytes on standard input. Written beside its place and then
 * linked or moved there: it is whole or not there, and what a link of that name points to is never touched.
 */
export const uploadScript = `
LC_ALL=C; export LC_ALL; umask 022
cd -- "$1" 2>/dev/null || exit ${scriptExit.missing}
if [ -d "./$2" ] && [ ! -L "./$2" ]; then exit ${scriptExit.exists}; fi
if [ "$4" != 1 ] && { [ -e "./$2" ] || [ -L "./$2" ]; }; then exit ${scriptExit.exists}; fi
new=$(mktemp ./.chrootcamp-upload.XXXXXX) || exit ${scriptExit.unwritable}
trap 'rm -f -- "$new"' EXIT
cat >"$new" || exit ${scriptExit.unwritable}
[ "$(stat -c %s -- "$new")" = "$3" ] || exit ${scriptExit.incomplete}
chmod 644 -- "$new" || exit ${scriptExit.unwritable}
if [ "$4" = 1 ]; then mv -fT -- "$new" "./$2" || exit ${scriptExit.unwritable}
else ln -T -- "$new" "./$2" || exit ${scriptExit.exists}
fi
`;

/**
 * `sh -c downloadScript name PATH MAX_BYTES MAX_UNSIZED_BYTES`: a line with the size, then as many bytes. A file that says
 * it is empty may not be, as in /proc: of such a one the line is 0 and what can be read of it follows, bounded.
 */
export const downloadScript = `
LC_ALL=C; export LC_ALL
[ -e "$1" ] || exit ${scriptExit.missing}
[ -f "$1" ] || exit ${scriptExit.refused}
exec 3<"$1" || exit ${scriptExit.refused}
[ -f /proc/self/fd/3 ] || exit ${scriptExit.refused}
size=$(stat -L -c %s /proc/self/fd/3) || exit ${scriptExit.refused}
[ "$size" -le "$2" ] || exit ${scriptExit.tooLarge}
printf '%s\\n' "$size"
[ "$size" = 0 ] && size=$3
exec head -c "$size" <&3
`;
