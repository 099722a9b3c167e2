#!/bin/sh
# Makes a small host: cgroups, then namespaces, then its root; says its first process's id and waits for ever.
# TREE: root filesystem with the programs. MACHINE: the learners' tree. OWN: a directory for what is written.
# CGROUPS: its directory in each hierarchy. LEAF: on cgroup v2, where its processes are. MOUNTS: "name type options" lines.
set -e
case ${STAGE-} in
'')
  for each in $CGROUPS; do echo $$ >"$each/cgroup.procs"; done
  STAGE=cgroup exec unshare --cgroup sh "$0"
  ;;
cgroup)
  # A cgroup of v2 holds either processes or children with controllers.
  [ -z "$LEAF" ] || echo $$ >"$LEAF/cgroup.procs"
  STAGE=root exec unshare --mount --net --pid --fork --kill-child --propagation private sh "$0"
  ;;
root)
  # The host's /proc still: the id that the host knows.
  read -r pid _ </proc/self/stat
  mount -t overlay -o "lowerdir=$TREE,upperdir=$OWN/upper,workdir=$OWN/work" overlay "$OWN/root"
  cd "$OWN/root"
  mount -t proc proc proc
  mount -t sysfs sys sys
  mount -t tmpfs run run
  mount -t tmpfs tmp tmp
  mount --rbind /dev dev
  if [ -n "$LEAF" ]; then
    mount -t cgroup2 cgroup2 sys/fs/cgroup
    read -r controllers <sys/fs/cgroup/cgroup.controllers
    for each in $controllers; do echo "+$each" >sys/fs/cgroup/cgroup.subtree_control; done
  else
    mount -t tmpfs cgroup sys/fs/cgroup
    echo "$MOUNTS" | while read -r name type options; do
      mkdir "sys/fs/cgroup/$name"
      mount -t "$type" -o "$options" "$type" "sys/fs/cgroup/$name"
    done
  fi
  for each in docker containers incus; do mount --bind "$OWN/$each" "var/lib/$each"; done
  mount --bind "$MACHINE" machine
  mount -o remount,bind,ro machine
  pivot_root . mnt
  umount --lazy /mnt
  cd /
  ip link set lo up
  echo "$pid"
  exec tini -s -- sleep infinity
  ;;
esac
