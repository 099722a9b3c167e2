/** What a machine is like, as far as exercises usually ask: Docker's things, files of the learner's, commands typed. */
import type { SandboxClient } from '../../sandbox-client/client.ts';
import { createObserver } from '../../sandbox-client/observer.ts';

export interface RecordedFile {
  type: 'file' | 'directory';
  mode: number;
  /** Of a file, its first 64 KiB. */
  text: string;
}

export interface RecordedContainer {
  id: string;
  name: string;
  image: string;
  state: string;
  exitCode: number;
  command: string[];
  ports: { containerPort: number; hostPort: number }[];
  volumes: { type: string; source: string; target: string }[];
  labels: Record<string, string>;
  env: Record<string, string>;
  networks: string[];
  /** 0 is no limit. */
  memoryBytes: number;
  restartPolicy: string;
}

export interface MachineSnapshot {
  containers: RecordedContainer[];
  /** `busybox:latest`. */
  images: string[];
  volumes: string[];
  networks: string[];
  files: Map<string, RecordedFile>;
  /** Lines of the shell's history, in order. */
  history: string[];
}

const home = '/root';
const maxFiles = 200;
const maxDepth = 3;
const maxContainers = 30;
const maxTextBytes = 64 * 1024;

/** All that is read was chosen in the machine: whatever is of another shape than expected is left out. */
export async function takeSnapshot(options: {
  client: SandboxClient;
  sandboxId: string;
  signal: AbortSignal;
}): Promise<MachineSnapshot> {
  const { client, sandboxId, signal } = options;
  const observer = createObserver({ client, sandboxId, signal });
  const docker = async (path: string): Promise<unknown> => {
    const seen = await observer.docker(path, { signal });
    return seen.ok ? seen.value : null;
  };
  const listed = asList(await docker('/containers/json?all=1')).slice(0, maxContainers);
  const details = await Promise.all(listed.map((each) => docker(`/containers/${textOf(each, 'Id')}/json`)));
  const images = asList(await docker('/images/json')).flatMap((each) => asList(field(each, 'RepoTags')));
  const history = await client.readFile(sandboxId, {
    path: `${home}/.bash_history`,
    maxBytes: maxTextBytes,
    signal,
  });
  const files = new Map<string, RecordedFile>();
  await walk({ client, sandboxId, signal, files }, home, 1);
  return {
    containers: details.filter((each) => each !== null).map(containerOf),
    images: images.filter((tag): tag is string => typeof tag === 'string').toSorted(),
    volumes: asList(field(await docker('/volumes'), 'Volumes'))
      .map((each) => textOf(each, 'Name'))
      .toSorted(),
    networks: asList(await docker('/networks'))
      .map((each) => textOf(each, 'Name'))
      .toSorted(),
    files,
    history: Buffer.from(history.content ?? '', 'base64')
      .toString('utf8')
      .split('\n')
      .filter((line) => line !== '' && !/^#\d+$/.test(line)),
  };
}

interface Walking {
  client: SandboxClient;
  sandboxId: string;
  signal: AbortSignal;
  files: Map<string, RecordedFile>;
}

async function walk(walking: Walking, dir: string, depth: number): Promise<void> {
  const { client, sandboxId, signal, files } = walking;
  const { entries = [] } = await client.readFile(sandboxId, { path: dir, maxBytes: 1, signal });
  for (const name of entries.filter((entry) => !entry.startsWith('.')).toSorted()) {
    if (files.size >= maxFiles) return;
    const path = `${dir}/${name}`;
    const seen = await client.readFile(sandboxId, { path, maxBytes: maxTextBytes, signal });
    if (seen.outcome !== 'found' || (seen.type !== 'file' && seen.type !== 'directory')) continue;
    const text = Buffer.from(seen.content ?? '', 'base64').toString('utf8');
    files.set(path, { type: seen.type, mode: seen.mode ?? 0, text });
    if (seen.type === 'directory' && depth < maxDepth) await walk(walking, path, depth + 1);
  }
}

function containerOf(detail: unknown): RecordedContainer {
  const config = field(detail, 'Config');
  const state = field(detail, 'State');
  const host = field(detail, 'HostConfig');
  const bindings = Object.entries(asRecord(field(host, 'PortBindings')));
  return {
    id: textOf(detail, 'Id'),
    name: textOf(detail, 'Name').replace(/^\//, ''),
    image: textOf(config, 'Image'),
    state: textOf(state, 'Status'),
    exitCode: Number(field(state, 'ExitCode') ?? 0),
    command: [textOf(detail, 'Path'), ...asList(field(detail, 'Args')).map(String)],
    ports: bindings.flatMap(([port, hosts]) =>
      asList(hosts).map((host) => ({
        containerPort: Number.parseInt(port, 10),
        hostPort: Number(textOf(host, 'HostPort')),
      })),
    ),
    volumes: asList(field(detail, 'Mounts')).map((mount) => ({
      type: textOf(mount, 'Type'),
      source: textOf(mount, 'Type') === 'volume' ? textOf(mount, 'Name') : textOf(mount, 'Source'),
      target: textOf(mount, 'Destination'),
    })),
    labels: Object.fromEntries(
      Object.entries(asRecord(field(config, 'Labels'))).map(([key, value]) => [key, String(value)]),
    ),
    env: Object.fromEntries(
      asList(field(config, 'Env')).map((each) => {
        const [name = '', ...value] = String(each).split('=');
        return [name, value.join('=')];
      }),
    ),
    networks: Object.keys(asRecord(field(field(detail, 'NetworkSettings'), 'Networks'))),
    memoryBytes: Number(field(host, 'Memory') ?? 0),
    restartPolicy: textOf(field(host, 'RestartPolicy'), 'Name'),
  };
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function field(value: unknown, key: string): unknown {
  const record = asRecord(value);
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

function textOf(value: unknown, key: string): string {
  const found = field(value, key);
  return typeof found === 'string' ? found : '';
}
