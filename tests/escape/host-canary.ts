/** What of the host must be as it was, whatever a learner did: compared before and after each batch of cases. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { World } from './world.ts';

/** Change by themselves. */
const restless =
  /^(kernel\/(random|ns_last_pid|pty\/nr|tainted|cad_pid|sched_domain)|fs\/(dentry-state|inode-nr|inode-state|file-nr|aio-nr|quota|nfs)|vm\/(stat_refresh|compact_memory|drop_caches)|net|debug|sunrpc)/;

function read(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch (error) {
    return String((error as NodeJS.ErrnoException).code);
  }
}

/** Every setting below /proc/sys that no namespace has of its own. */
function settings(directory = '/proc/sys', prefix = ''): [string, string][] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const name = `${prefix}${entry.name}`;
    if (restless.test(name)) return [];
    const path = join(directory, entry.name);
    if (entry.isDirectory()) return settings(path, `${name}/`);
    return (statSync(path).mode & 0o444) === 0 ? [] : [[name, read(path)]];
  });
}

const hashed = [
  '/etc/passwd',
  '/etc/shadow',
  '/etc/hosts',
  '/etc/ld.so.preload',
  '/etc/crontab',
  '/root/.bashrc',
  '/root/.ssh/authorized_keys',
  '/usr/sbin/runc',
  '/usr/bin/runc',
  '/usr/bin/crun',
  '/usr/sbin/haproxy',
  process.execPath,
];
/** Files of the tree that all learners run: what one of them changed, in the page cache too, another would run. */
const shared = [
  'usr/bin/bash',
  'usr/bin/su',
  'usr/bin/dockerd',
  'usr/sbin/runc',
  'usr/lib/x86_64-linux-gnu/libc.so.6',
  'usr/bin/tini',
  'etc/passwd',
];

const hashOf = (path: string) =>
  existsSync(path) ? createHash('sha256').update(readFileSync(path)).digest('hex') : 'absent';

/** Sandboxes have these very inodes, bound into their /dev: owner, mode and device numbers must stay the host's. */
const deviceNodes = ['null', 'zero', 'full', 'random', 'urandom', 'tty', 'ptmx'].map(
  (name) => `/dev/${name}`,
);

function nodeOf(path: string): string {
  const { uid, gid, mode, rdev } = statSync(path);
  return `${uid}:${gid} ${mode.toString(8)} ${rdev}`;
}

/** Handlers of binaries registered with the host's own instance of binfmt_misc. */
function binaryHandlers(): string {
  const directory = '/proc/sys/fs/binfmt_misc';
  return existsSync(directory) ? readdirSync(directory).toSorted().join(' ') : 'absent';
}

/** Processes in the host's own pid namespace that an escape would have started: they carry the nonce in their names. */
function strangers({ nonce, pid }: World): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== pid)
    .filter((name) => read(`/proc/${name}/cmdline`).startsWith(`escaped-${nonce}`))
    .filter((name) => /^NSpid:\s+\d+$/m.test(read(`/proc/${name}/status`)));
}

export interface CanaryOptions {
  world: World;
  treePath: string;
}

export function lookAtHost({ world, treePath }: CanaryOptions): Record<string, string> {
  return {
    ...Object.fromEntries(settings()),
    ...Object.fromEntries(hashed.map((path) => [path, hashOf(path)])),
    ...Object.fromEntries(shared.map((path) => [path, hashOf(join(treePath, path))])),
    ...Object.fromEntries(deviceNodes.map((path) => [path, nodeOf(path)])),
    canary: read(world.file),
    'canary’s directory': readdirSync(world.directory).join(' '),
    'canary’s process': `${world.isAlive()} ${/^TracerPid:\s+(\d+)/m.exec(read(`/proc/${world.pid}/status`))?.[1]}`,
    'canary’s mounts': String(read('/proc/self/mountinfo').split(world.directory).length),
    'strangers among the processes': strangers(world).join(' '),
    hostname: hostname(),
    'binary handlers': binaryHandlers(),
    'release agents': ['memory', 'pids', 'devices', 'systemd', 'cpu,cpuacct']
      .map((name) => read(`/sys/fs/cgroup/${name}/release_agent`))
      .join(' '),
    'uevent helper': read('/sys/kernel/uevent_helper'),
    routes:
      read('/proc/net/route') +
      read('/proc/net/ipv6_route').replaceAll(/ [0-9a-f]{8} [0-9a-f]{8} [0-9a-f]{8} /g, ' '),
    keys: read('/proc/keys')
      .split('\n')
      .filter((line) => line.includes(world.nonce))
      .join('\n'),
  };
}
