import type { AllowedCalls } from './entry.ts';

export const files: AllowedCalls[] = [
  {
    calls: `open openat openat2 creat close close_range read write readv writev pread64 pwrite64 preadv pwritev preadv2
      pwritev2 lseek dup dup2 dup3 fcntl flock pipe pipe2`,
    why: 'every program reads and writes',
  },
  {
    calls: `stat fstat lstat newfstatat statx statfs fstatfs access faccessat faccessat2 readlink readlinkat getdents
      getdents64 getcwd chdir fchdir umask`,
    why: 'looking around',
  },
  {
    calls: `mkdir mkdirat rmdir link linkat symlink symlinkat unlink unlinkat rename renameat renameat2 truncate ftruncate
      fallocate chmod fchmod fchmodat fchmodat2 chown fchown lchown fchownat utime utimes futimesat utimensat`,
    why: 'changing the tree',
  },
  {
    calls: 'mknod mknodat',
    why: 'FIFOs, sockets, and the whiteouts of overlays; the kernel refuses devices in a user namespace',
  },
  {
    calls: `setxattr lsetxattr fsetxattr setxattrat getxattr lgetxattr fgetxattr getxattrat listxattr llistxattr flistxattr
      listxattrat removexattr lremovexattr fremovexattr removexattrat file_getattr file_setattr`,
    why: 'file capabilities, and the marks of overlays',
  },
  {
    calls: `sync syncfs fsync fdatasync sync_file_range readahead fadvise64 cachestat copy_file_range sendfile splice tee
      vmsplice`,
    why: 'moving bytes in bulk, and making them last',
  },
  {
    calls:
      'poll ppoll select pselect6 epoll_create epoll_create1 epoll_ctl epoll_wait epoll_pwait epoll_pwait2',
    why: 'waiting for many descriptors',
  },
  {
    calls: 'inotify_init inotify_init1 inotify_add_watch inotify_rm_watch',
    why: 'dockerd, tail and development servers watch files',
  },
  {
    calls: 'name_to_handle_at',
    why: 'names a file by number, which containerd asks for; opening by that number is denied',
  },
  { calls: 'ioctl', why: 'terminals, network interfaces; what a device allows is decided by the device' },
];
