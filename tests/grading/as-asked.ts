/** Checks that pass in the state of `state.ts`, and what they are made with. */
export const container = (name: string, settings: Record<string, unknown>) => ({
  kind: 'container',
  find: { name },
  expect: settings,
});
export const image = (settings: Record<string, unknown>) => ({
  kind: 'image',
  reference: 'mine',
  expect: settings,
});
export const sleep = (name: string) => ({ name: { equals: 'sleep' }, container: name });

/** Each kind once at least, with all that it can ask. */
export const asAsked: Record<string, unknown>[] = [
  container('web', {
    env: { COLOR: { equals: 'red' } },
    ports: [{ containerPort: 80, hostPort: 8080, hostIp: '127.0.0.1' }],
    mounts: [
      { type: 'volume', source: 'data', target: '/data', readOnly: true },
      { type: 'bind', source: '/srv', target: '/srv', readOnly: false },
      { type: 'tmpfs', target: '/run', readOnly: true },
    ],
    networks: ['lab'],
    limits: { memoryBytes: 67_108_864, cpus: 0.5, pids: 50 },
    user: '1000',
    capabilities: { dropped: ['ALL'], added: ['CHOWN'] },
    readOnlyRoot: true,
    privileged: false,
    restartPolicy: 'on-failure',
    health: 'healthy',
    labels: { tier: { equals: 'front' } },
    workingDir: '/tmp',
    autoRemove: false,
    oomKilled: false,
  }),
  container('sidecar', {
    networkMode: { container: 'web' },
    pidMode: { container: 'web' },
    health: 'none',
  }),
  image({
    cmd: { equals: 'sh' },
    env: { A: { equals: 'b' } },
    user: '5',
    workingDir: '/w',
    exposedPorts: ['80/tcp', '81/tcp'],
    labels: { made: { equals: 'here' } },
    layers: { atLeast: 3, atMost: 5 },
    sizeBytesAtMost: 200_000_000,
    base: 'nginx',
    os: 'linux',
    history: { contains: 'echo hi' },
    digest: false,
  }),
  { kind: 'image', reference: 'nginx', expect: { digest: true } },
  {
    kind: 'volume',
    name: 'data',
    expect: { driver: 'local', labels: { keep: { equals: 'yes' } }, usedBy: 'web' },
  },
  { kind: 'volume', name: 'gone', present: false },
  { kind: 'network', name: 'lab', expect: { driver: 'bridge', internal: true, attached: ['web'] } },
  {
    kind: 'compose',
    project: 'shop',
    services: { web: { state: 'healthy' }, db: { replicas: 2 }, brief: { state: 'there' } },
    networks: ['default'],
    volumes: ['store'],
  },
  { kind: 'compose', project: 'other', present: false },
  {
    kind: 'directory-tree',
    path: '/root/box',
    entries: { bin: 'directory', 'bin/sh': 'file', link: 'link', 'link/sh': 'file', etc: 'absent' },
  },
  {
    kind: 'process',
    find: sleep('web'),
    expect: {
      uid: 1000,
      gid: 1000,
      cwd: '/tmp',
      noNewPrivs: true,
      seccomp: 'filtered',
      capabilities: { lacks: ['ALL'] },
      namespaces: { pid: 'own' },
      sameNamespacesAs: { process: sleep('sidecar'), namespaces: ['pid', 'net'] },
      differsFrom: { process: sleep('unconfined'), namespaces: ['pid', 'net', 'mnt'] },
    },
  },
  {
    kind: 'process',
    find: sleep('unconfined'),
    expect: {
      seccomp: 'unconfined',
      noNewPrivs: false,
      capabilities: { has: ['CHOWN'], lacks: ['SYS_ADMIN'] },
    },
    count: { atLeast: 1, atMost: 1 },
  },
  {
    kind: 'before',
    events: [
      { type: 'volume', action: 'create', name: 'data' },
      { type: 'container', action: 'start', image: 'busybox', name: 'web' },
      { type: 'container', action: 'die', name: 'over', exitCode: 3 },
    ],
  },
  {
    kind: 'all',
    checks: [
      container('web', { state: 'running' }),
      { kind: 'not', check: container('web', { privileged: true }) },
      {
        kind: 'any',
        checks: [
          { kind: 'network', name: 'gone' },
          { kind: 'volume', name: 'data' },
        ],
      },
    ],
  },
];
