/** The walls that can be taken down, one at a time, and how. */
import type { SuiteOptions } from '../suite.ts';
import type { World } from '../world.ts';
import type { Edit, Mount } from './bundle-edit.ts';

export interface Knob {
  name: string;
  /** What is taken away. */
  what: string;
  edits?: (world: World, network: string) => Edit[];
  server?: (world: World) => SuiteOptions;
  /** The host's side is a network namespace of the tests' own, which the sandbox is put into. */
  ownNetwork?: boolean;
  leaks?: boolean;
  /** Another door of the gateway is opened, by a process in its network namespace. */
  door?: number;
  /** Cases that use something up are run. Otherwise they are not: with a wall down they might meet no end. */
  exhausting?: boolean;
  /** Docker comes up all the same, and cases run in the containers as well. */
  containers?: boolean;
}

const dockerOff: Edit = { edit: 'with-environment', variable: 'CHROOTCAMP_DOCKER=off' };
const bind = (source: string, destination: string, ...options: string[]): Mount => ({
  destination,
  type: 'none',
  source,
  options: ['rbind', ...options],
});
const realRoot: Edit[] = [{ edit: 'without-user-namespace' }, { edit: 'with-devices' }, dockerOff];
const everything =
  'CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID KILL SETGID SETUID SETPCAP LINUX_IMMUTABLE NET_BIND_SERVICE NET_BROADCAST NET_ADMIN NET_RAW IPC_LOCK IPC_OWNER SYS_MODULE SYS_RAWIO SYS_CHROOT SYS_PTRACE SYS_PACCT SYS_ADMIN SYS_BOOT SYS_NICE SYS_TIME SYS_TTY_CONFIG MKNOD LEASE AUDIT_WRITE AUDIT_CONTROL SETFCAP MAC_OVERRIDE MAC_ADMIN SYSLOG WAKE_ALARM BLOCK_SUSPEND AUDIT_READ PERFMON BPF CHECKPOINT_RESTORE'
    .split(' ')
    .map((name) => `CAP_${name}`);
const GiB = 1024 ** 3;

export const knobs: Knob[] = [
  {
    name: 'no filter',
    what: 'the filter of system calls',
    edits: () => [{ edit: 'without-seccomp' }],
    containers: true,
  },
  {
    name: 'no user namespace',
    what: 'the user namespace: root inside is root outside',
    edits: () => realRoot,
  },
  {
    name: 'host root’s namespace',
    what: 'the making of the user namespace by the sandbox’s own id: the runtime makes it, as root outside',
    edits: () => [{ edit: 'with-new-user-namespace' }, dockerOff],
  },
  {
    name: 'raw root',
    what: 'user namespace, filter, and the withholding of capabilities together; loop control is bound in',
    edits: () => [
      ...realRoot,
      { edit: 'without-seccomp' },
      { edit: 'with-capabilities', names: everything },
      { edit: 'with-mount', mount: bind('/dev/loop-control', '/dev/loop-control', 'dev') },
    ],
  },
  {
    name: 'host processes',
    what: 'user and process namespaces together',
    edits: () => [...realRoot, { edit: 'without-namespace', type: 'pid' }],
  },
  {
    name: 'shared processes',
    what: 'the process namespace; the host’s /proc is bound in',
    edits: () => [
      { edit: 'without-namespace', type: 'pid' },
      { edit: 'with-mount', mount: bind('/proc', '/proc') },
      dockerOff,
    ],
  },
  {
    name: 'shared IPC',
    what: 'the IPC namespace',
    edits: () => [
      { edit: 'without-namespace', type: 'ipc' },
      { edit: 'without-mount', destination: '/dev/mqueue' },
      dockerOff,
    ],
  },
  {
    name: 'shared name',
    what: 'the UTS namespace',
    edits: () => [{ edit: 'without-namespace', type: 'uts' }, dockerOff],
  },
  {
    name: 'shared network',
    what: 'user and network namespaces together; the network is that of a host made for the test',
    ownNetwork: true,
    edits: (_, network) => [...realRoot, { edit: 'join-namespace', type: 'network', path: network }],
  },
  {
    name: 'shared cgroups',
    what: 'the cgroup namespace',
    edits: () => [{ edit: 'without-namespace', type: 'cgroup' }, dockerOff],
  },
  {
    name: 'host cgroups',
    what: 'user and cgroup namespaces together, and the host’s tree of cgroups is bound in',
    edits: () => [
      ...realRoot,
      { edit: 'without-namespace', type: 'cgroup' },
      { edit: 'with-mount', mount: bind('/sys/fs/cgroup', '/sys/fs/cgroup', 'ro') },
    ],
  },
  {
    name: 'host directory',
    what: 'a directory of the host is bound in, at its own path',
    edits: ({ directory }) => [{ edit: 'with-mount', mount: bind(directory, directory) }],
    containers: true,
  },
  {
    name: 'host devices',
    what: 'a disk, loop control, FUSE and the kernel’s log are bound into /dev, and the device cgroup is open',
    edits: ({ deviceNode }) => [
      { edit: 'with-devices' },
      { edit: 'with-mount', mount: bind(deviceNode, '/dev/camp-disk', 'dev') },
      ...['/dev/loop-control', '/dev/fuse', '/dev/kmsg'].map((path): Edit => ({
        edit: 'with-mount',
        mount: bind(path, path, 'dev'),
      })),
      dockerOff,
    ],
  },
  {
    name: 'host terminals',
    what: 'the host’s /dev/pts is bound in',
    edits: () => [{ edit: 'with-mount', mount: bind('/dev/pts', '/dev/pts') }, dockerOff],
  },
  {
    name: 'no limits',
    what: 'limits of memory, processes, disk and inodes, and the sizes of file systems in memory',
    edits: () => [{ edit: 'without-sizes' }, dockerOff],
    server: () => ({ limits: { memoryBytes: 6 * GiB, pids: 5_000, diskBytes: 4 * GiB } }),
    exhausting: true,
  },
  {
    name: 'no rlimits',
    what: 'resource limits of processes',
    edits: () => [{ edit: 'without-rlimits' }, dockerOff],
  },
  {
    name: 'open descriptor',
    what: 'commands get a directory of the host as an open descriptor',
    leaks: true,
    edits: () => [dockerOff],
  },
  {
    name: 'secret told',
    what: 'a secret of the host stands in the environment',
    edits: () => [{ edit: 'with-environment', variable: 'CAMP_SECRET=1' }, dockerOff],
  },
  {
    name: 'names let through',
    what: 'two more names are allowed',
    edits: () => [dockerOff],
    server: ({ port }) => ({
      packageHosts: ['localhost', `localhost:${port}`, 'example.org', 'camp-allowed.example'],
    }),
  },
  {
    name: 'inward networks',
    what: 'the proxy may connect to loopback addresses',
    edits: () => [dockerOff],
    server: () => ({ config: { packageNetworks: ['127.0.0.0/8'] } }),
  },
  { name: 'another door', what: 'something else listens in the gateway', door: 22, edits: () => [dockerOff] },
];
