import type {
  CgroupObservation,
  DockerEventObservation,
  FileObservation,
  HttpObservation,
  MountObservation,
  MountTableObservation,
  Observation,
  Observer,
  ProcessObservation,
  ScriptObservation,
} from './observer.ts';

/** A machine told in literals. What is left out is a machine where nothing has happened yet. */
export interface LiteralMachine {
  files?: Record<string, FileObservation>;
  processes?: ProcessObservation[];
  containers?: unknown;
  /** `/containers/<id>/json` by id. */
  details?: Record<string, unknown>;
  images?: unknown;
  imageDetails?: Record<string, unknown>;
  /** `/images/<id>/history` by id. */
  imageHistories?: Record<string, unknown>;
  /** The list within `/volumes`. */
  volumes?: unknown;
  networks?: unknown;
  info?: unknown;
  events?: DockerEventObservation[];
  mounts?: MountTableObservation[];
  cgroups?: Record<string, CgroupObservation>;
  /** By `address:port/path`; what is not there is refused. */
  http?: Record<string, HttpObservation>;
  script?: ScriptObservation;
  kernel?: { release: string; version: string; machine: string };
  docker?: 'down';
}

/** An observer of a machine told in literals, counting every look at it. */
export function observe(machine: LiteralMachine): Observer & { looks: string[] } {
  const looks: string[] = [];
  const see = async <T>(look: string, value: T): Promise<Observation<T>> => {
    looks.push(look);
    const ofDocker = look.startsWith('/') || look === 'events';
    if (ofDocker && machine.docker === 'down') {
      return { ok: false, why: 'docker-down', reason: 'connection refused' };
    }
    return { ok: true, value };
  };
  return {
    looks,
    file: (path) => see(`file ${path}`, machine.files?.[path] ?? { exists: false }),
    processes: () => see('processes', machine.processes ?? [init]),
    docker: (path) => see(path, dockerAnswer(machine, path)),
    dockerEvents: () => see('events', machine.events ?? []),
    mounts: () => see('mounts', machine.mounts ?? [tableOf()]),
    cgroup: (path) => see(`cgroup ${path}`, machine.cgroups?.[path] ?? null),
    http: ({ address, port, path }) => {
      const at = `${address}:${port}${path}`;
      return see(`http ${at}`, machine.http?.[at] ?? { answered: false, why: 'refused' });
    },
    script: () => see('script', machine.script ?? { exitCode: 0, timedOut: false, output: '' }),
    kernel: () => see('kernel', machine.kernel ?? { release: '6.1.0', version: '#1 SMP', machine: 'x86_64' }),
  };
}

function dockerAnswer(machine: LiteralMachine, path: string): unknown {
  if (path === '/containers/json?all=1') return machine.containers ?? [];
  if (path === '/images/json') return machine.images ?? [];
  if (path === '/volumes') return { Volumes: machine.volumes ?? null };
  if (path === '/networks') return machine.networks ?? [];
  if (path === '/info') return machine.info ?? {};
  const [, what, id, look] = /^\/(containers|images)\/([^/]+)\/(json|history)$/.exec(path) ?? [];
  if (look === 'history') return machine.imageHistories?.[id ?? ''] ?? null;
  const details = what === 'containers' ? machine.details : machine.imageDetails;
  return details?.[id ?? ''] ?? null;
}

const machineNamespaces = Object.fromEntries(
  ['mnt', 'uts', 'ipc', 'pid', 'net', 'user', 'cgroup'].map((kind) => [kind, `${kind}:[1]`]),
);

export const init: ProcessObservation = {
  pid: 1,
  name: 'tini',
  argv: ['tini', '--', 'sleep', 'infinity'],
  root: '/',
  cwd: '/',
  uid: 0,
  ns: machineNamespaces,
  containerId: null,
};

export function processOf(changes: Partial<ProcessObservation>): ProcessObservation {
  return { ...init, pid: 100, name: 'sh', argv: ['sh'], ...changes };
}

/** PID 1's, with the root file system and what is given. */
export function tableOf(...mounts: MountObservation[]): MountTableObservation {
  return { ns: 'mnt:[1]', root: '/', pid: 1, mounts: [mountOf({ target: '/', type: 'overlay' }), ...mounts] };
}

export function mountOf(changes: Partial<MountObservation>): MountObservation {
  return {
    target: '/mnt',
    type: 'tmpfs',
    source: 'tmpfs',
    root: '/',
    device: '0:1',
    options: ['rw'],
    superOptions: ['rw'],
    ...changes,
  };
}

/** A whole answer of 200, in text. */
export function answerOf(body: string, changes: { status?: number; headers?: Record<string, string> } = {}) {
  return { answered: true as const, status: 200, headers: {}, body, ...changes };
}

/** 64 hex digits that begin so. */
export function idOf(beginning: string): string {
  return beginning.padEnd(64, '0');
}

export function imageOf(beginning: string, ...tags: string[]): Record<string, unknown> {
  return { Id: `sha256:${idOf(beginning)}`, RepoTags: tags, RepoDigests: [] };
}

/** One of `/containers/json`, running, from `nginx`, unless told otherwise. */
export function containerOf(
  beginning: string,
  changes: { name?: string; Image?: string; ImageID?: string; State?: string; Status?: string } = {},
): Record<string, unknown> {
  const { name = 'web', ...rest } = changes;
  return {
    Id: idOf(beginning),
    Names: [`/${name}`],
    Image: 'nginx',
    ImageID: '',
    State: 'running',
    Status: 'Up',
    ...rest,
  };
}

export function detailOf(changes: {
  command?: string[];
  ExitCode?: number;
  Tty?: boolean;
  OpenStdin?: boolean;
  Hostname?: string;
}): Record<string, unknown> {
  const { command: [Path, ...Args] = ['nginx'], ExitCode = 0, ...Config } = changes;
  return {
    Path,
    Args,
    State: { ExitCode },
    Config: { Tty: false, OpenStdin: false, Hostname: 'abcdef123456', ...Config },
  };
}

export function eventOf(
  type: string,
  action: string,
  actorId: string,
  attributes: Record<string, string> = {},
): DockerEventObservation {
  return { type, action, actorId, attributes, timeNano: 1n };
}
