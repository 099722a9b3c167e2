# What the kernel says of this very process. Sections begin with "## "; what differs from host to host is made the same
# where it is read, in posture.ts.
section() { echo "## $1"; }
status() { grep "^$1:" /proc/self/status | tr '\t' ' '; }
section ids; cat /proc/self/uid_map /proc/self/gid_map; status Uid; status Gid; status Groups; umask
section capabilities; for set in CapInh CapPrm CapEff CapBnd CapAmb; do status $set; done
section restrictions; status NoNewPrivs; status Seccomp; status Seccomp_filters
section limits; cat /proc/self/limits | tail -n +2
section mounts; cat /proc/self/mountinfo
section descriptors; for f in /proc/$$/fd/*; do readlink $f; done
section environment; env | grep -v '^_=' | sort
section cgroup; cut -d: -f3 /proc/self/cgroup | sort -u
section 'oom score'; cat /proc/self/oom_score_adj
section devices; for f in $(find /dev -path /dev/.sysfs -prune -o -not -type d -not -path '/dev/pts/[0-9]*' -print | sort); do stat -c '%A %t,%T %n' $f; done
section 'what of processes is seen'; ls -d /proc/[0-9]* | wc -l | sed 's/^[1-9][0-9]\?$/under a hundred/'; cat /proc/1/comm
