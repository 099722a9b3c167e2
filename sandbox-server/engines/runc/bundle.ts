/** The OCI runtime specification of a sandbox. Pure: the same options give the same text. */
import { idsPerRange } from './lease.ts';
import { limitsInBundle } from './resource-limits.ts';
import { seccompProfile } from './seccomp/profile.ts';

export interface BundleOptions {
  rootfs: string;
  /** Where the sandbox's disk is mounted. */
  disk: string;
  cgroupsPath: string;
  firstHostId: number;
  capabilities: string[];
  /** A user namespace's file, whose map is that of `firstHostId`. */
  userNamespace: string;
  /** At most the host's hard limit. Null where processes inherit their resource limits from whoever starts the runtime. */
  openFiles: number | null;
  /** `process.arch`. */
  architecture: string;
  /** crun (1.8, 1.21) refuses a sysfs anywhere but at the root: without the second one `ip netns exec` does not work inside. */
  runtime: 'runc' | 'crun';
  /** Docker starts with the sandbox. */
  startsDocker: boolean;
}

/** Of every process the learner starts. */
export const environment = [
  'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  'HOME=/root',
  'USER=root',
  'LOGNAME=root',
  'SHELL=/bin/bash',
  'TERM=xterm-256color',
  'COLORTERM=truecolor',
  'LANG=C.UTF-8',
];

export const hostname = 'camp';

/** Not part of the environment above, which every later process gets. */
const withoutDocker = ['/usr/bin/env', 'CHROOTCAMP_DOCKER=off'];

function mounts({ disk, runtime }: BundleOptions) {
  // `ip netns exec` unmounts /sys before it mounts one of its own, which the kernel allows only where another, whole
  // sysfs stays in sight.
  const secondSysfs = {
    destination: '/dev/.sysfs',
    type: 'sysfs',
    source: 'sysfs',
    options: ['nosuid', 'noexec', 'nodev', 'rw'],
  };
  const bind = ['bind', 'nosuid', 'nodev', 'rw'];
  return [
    { destination: '/proc', type: 'proc', source: 'proc', options: ['nosuid', 'noexec', 'nodev'] },
    {
      destination: '/dev',
      type: 'tmpfs',
      source: 'tmpfs',
      options: ['nosuid', 'strictatime', 'mode=755', 'size=1m'],
    },
    {
      destination: '/dev/pts',
      type: 'devpts',
      source: 'devpts',
      options: ['nosuid', 'noexec', 'newinstance', 'ptmxmode=0666', 'mode=0620', 'gid=5'],
    },
    {
      destination: '/dev/shm',
      type: 'tmpfs',
      source: 'shm',
      options: ['nosuid', 'nodev', 'mode=1777', 'size=256m'],
    },
    { destination: '/dev/mqueue', type: 'mqueue', source: 'mqueue', options: ['nosuid', 'noexec', 'nodev'] },
    { destination: '/sys', type: 'sysfs', source: 'sysfs', options: ['nosuid', 'noexec', 'nodev', 'rw'] },
    ...(runtime === 'runc' ? [secondSysfs] : []),
    {
      destination: '/sys/fs/cgroup',
      type: 'cgroup',
      source: 'cgroup',
      options: ['nosuid', 'noexec', 'nodev', 'rw'],
    },
    {
      destination: '/run',
      type: 'tmpfs',
      source: 'tmpfs',
      options: ['nosuid', 'nodev', 'mode=755', 'size=256m'],
    },
    // Docker's overlays cannot stand on an overlay, and lessons make overlays of their own under /root.
    { destination: '/var/lib/docker', type: 'none', source: `${disk}/docker`, options: bind },
    { destination: '/root', type: 'none', source: `${disk}/home`, options: bind },
  ];
}

export function bundleOf(options: BundleOptions) {
  const { capabilities, firstHostId } = options;
  const idMap = [{ containerID: 0, hostID: firstHostId, size: idsPerRange }];
  return {
    // crun 1.8 refuses later 1.x versions.
    ociVersion: '1.0.2',
    hostname,
    root: { path: options.rootfs, readonly: false },
    process: {
      terminal: false,
      user: { uid: 0, gid: 0 },
      args: [
        '/usr/bin/tini',
        '--',
        ...(options.startsDocker ? [] : withoutDocker),
        '/usr/lib/chrootcamp/init',
      ],
      env: environment,
      cwd: '/root',
      // su and other setuid programs are part of lessons; the user namespace bounds what they can become.
      noNewPrivileges: false,
      capabilities: {
        bounding: capabilities,
        effective: capabilities,
        permitted: capabilities,
        inheritable: [],
        ambient: [],
      },
      rlimits: options.openFiles === null ? [] : limitsInBundle(options.openFiles),
      // Docker writes 0 for its containers, and lowering the value takes a capability of the host.
      oomScoreAdj: 0,
    },
    mounts: mounts(options),
    linux: {
      namespaces: [
        { type: 'user', path: options.userNamespace },
        ...['pid', 'network', 'ipc', 'uts', 'mount', 'cgroup'].map((type) => ({ type })),
      ],
      // The runtime joins a namespace that has these, and asks for them all the same.
      uidMappings: idMap,
      gidMappings: idMap,
      cgroupsPath: options.cgroupsPath,
      // With anything masked here the inner runtime could not mount a proc of its own.
      maskedPaths: [],
      readonlyPaths: [],
      seccomp: seccompProfile(options.architecture),
    },
  };
}
