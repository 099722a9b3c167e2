/** What the kernel says of the machine's processes, made readable. */
import type { ProcessObservation } from '../grader/observer.ts';
import type { RawProcess } from '../protocol/sandbox-looks.ts';

/** A sandbox owns this many ids from its base on. */
const idCount = 65_536;
const unmappedId = 65_534;

/** Processes that have no pid in the machine (their `pid` is 0) are not the machine's and are left out. */
export function observeProcesses(raw: RawProcess[]): ProcessObservation[] {
  const statuses = raw.map((one) => decode(one.status));
  const base = baseUid(raw, statuses);
  return raw
    .map((one, index) => observeProcess(one, statuses[index] ?? '', base))
    .filter((one) => one.pid > 0);
}

function observeProcess(raw: RawProcess, status: string, base: number): ProcessObservation {
  const uid = effectiveId(status, 'Uid') - base;
  const gid = effectiveId(status, 'Gid') - base;
  return {
    pid: raw.pid,
    name: unescapeName(field(status, 'Name')),
    argv: splitArguments(decode(raw.cmdline)),
    root: raw.root,
    cwd: raw.cwd,
    uid: uid >= 0 && uid < idCount ? uid : unmappedId,
    gid: gid >= 0 && gid < idCount ? gid : unmappedId,
    ...rightsOf(status),
    ns: raw.ns,
    containerId: /\/docker\/([0-9a-f]{64})(?:\/|$)/m.exec(raw.cgroup)?.[1] ?? null,
    cgroups: cgroupsOf(raw.cgroup),
  };
}

/**
 * The id that is root in the machine: its PID 1 runs as that. So `status` may be numbered as the host sees it or as the
 * machine does (then the base is 0).
 */
function baseUid(raw: RawProcess[], statuses: string[]): number {
  const init = raw.findIndex((one) => one.pid === 1);
  return init === -1 ? 0 : effectiveId(statuses[init] ?? '', 'Uid');
}

/** `Uid:` holds real, effective, saved and file system id, and `Gid:` likewise; both are mapped alike. */
function effectiveId(status: string, name: 'Uid' | 'Gid'): number {
  const effective = field(status, name).split(/\s+/)[1];
  return effective === undefined ? unmappedId : Number.parseInt(effective, 10);
}

/** What the kernel does not tell, an old one its filters, is left out. */
function rightsOf(
  status: string,
): Pick<ProcessObservation, 'capabilities' | 'noNewPrivs' | 'seccompFilters'> {
  const capabilities = /^[0-9a-f]{1,16}$/.exec(field(status, 'CapEff'))?.[0];
  const noNewPrivs = /^[01]$/.exec(field(status, 'NoNewPrivs'))?.[0];
  const filters = /^\d{1,6}$/.exec(field(status, 'Seccomp_filters'))?.[0];
  return {
    ...(capabilities !== undefined && { capabilities: Number.parseInt(capabilities, 16) }),
    ...(noNewPrivs !== undefined && { noNewPrivs: noNewPrivs === '1' }),
    ...(filters !== undefined && { seccompFilters: Number(filters) }),
  };
}

function field(status: string, name: string): string {
  return new RegExp(`^${name}:\\t(.*)$`, 'm').exec(status)?.[1] ?? '';
}

/** Lines like `4:cpu,cpuacct:/demo`; on v2 one, without controllers (cgroups(7)). */
function cgroupsOf(text: string): Record<string, string> {
  const paths = new Map<string, string>();
  for (const line of text.split('\n', 50)) {
    const [, controllers, path] = /^\d+:([^:]*):(.*)$/s.exec(line) ?? [];
    if (controllers === undefined || path === undefined) continue;
    for (const controller of controllers.split(',')) paths.set(controller, path === '' ? '/' : path);
  }
  return Object.fromEntries(paths);
}

/** The kernel writes newline and backslash of a name as `\n` and `\\`, so a name cannot forge another line. */
function unescapeName(name: string): string {
  return name.replace(/\\(n|\\)/g, (_, letter: string) => (letter === 'n' ? '\n' : '\\'));
}

function splitArguments(cmdline: string): string[] {
  if (cmdline === '') return [];
  return (cmdline.endsWith('\0') ? cmdline.slice(0, -1) : cmdline).split('\0');
}

function decode(base64: string): string {
  return Buffer.from(base64, 'base64').toString('utf8');
}
