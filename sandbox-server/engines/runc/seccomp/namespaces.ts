import type { AllowedCalls } from './entry.ts';

/** What nested Docker is made with, and the first lessons teach by hand. Docker's own default profile denies most of it. */
export const namespaces: AllowedCalls[] = [
  {
    calls: 'unshare setns',
    why: 'containers by hand, docker exec, nsenter; the reach is the own user namespace',
  },
  { calls: 'chroot pivot_root', why: 'a root of one’s own; runc pivots' },
  {
    calls: 'mount umount2',
    why: 'overlays, proc, tmpfs, bind mounts; the kernel mounts no block device for a user namespace',
  },
  {
    calls: 'fsopen fsconfig fsmount fspick open_tree open_tree_attr move_mount mount_setattr',
    why: 'the same by the newer calls, which util-linux and runc prefer',
  },
  { calls: 'statmount listmount listns', why: 'listing mounts and namespaces one may see' },
  { calls: 'sethostname setdomainname', why: 'the first namespace taught is the one of host names' },
];
