#!/bin/sh
# Runs in a mount namespace of its own, as root, and becomes the portal as its unprivileged user. The clone and the data
# directory may lie below directories that this user may not enter, or hold files that a strict umask made unreadable to
# it: so the program is copied (it is small) and its large parts are bound, below a directory everyone may enter. All of
# it vanishes with the process.
#
# portal-launch.sh REPOSITORY APP PORTAL_DATA PORTAL_DATA_MOUNT UID GID CAPABILITIES CONFIG
set -eu
repository=$1 app=$2 data=$3 data_mount=$4 uid=$5 gid=$6 capabilities=$7 config=$8
umask 022

# The namespace began as a copy of the host's mounts. Copies of sandboxes' disks would keep them attached to their loop
# devices after the host has let them go: deepest first, out of sight.
sed -n 's/^[0-9]* [0-9]* [^ ]* [^ ]* \(\/[^ ]*\/sb\/[a-z0-9]*\/[^ ]*\) .*/\1/p' /proc/self/mountinfo | sort -r |
  while read -r copy; do
    # Where the host removes the directory meanwhile, our copy goes with it.
    umount --lazy "$copy" || ! grep -qF " $copy " /proc/self/mountinfo
  done

mount -t tmpfs -o mode=0755,size=64m,nosuid,nodev chrootcamp-app "$app"
cd "$repository"
for room in protocol grader sandbox-client course content portal package.json; do
  [ ! -e "$room" ] || cp -R "$room" "$app/"
done
# The workbench links to it.
mkdir "$app/docs"
[ ! -e docs/authoring.md ] || cp docs/authoring.md "$app/docs/"
chmod -R go+rX "$app"
for large in node_modules dist; do
  mkdir "$app/$large"
  mount --bind "$repository/$large" "$app/$large"
  mount -o remount,bind,ro,nosuid,nodev "$app/$large"
done
mount -o remount,ro,nosuid,nodev "$app"

mount --bind "$data" "$data_mount"
mount -o remount,bind,nosuid,nodev,noexec "$data_mount"

cd "$app"
export HOME=/nonexistent
exec setpriv --reuid="$uid" --regid="$gid" --clear-groups --no-new-privs \
  --inh-caps="-all$capabilities" --ambient-caps="-all$capabilities" --bounding-set="-all$capabilities" \
  node_modules/.bin/node --no-warnings portal/main.ts --config "$config"
