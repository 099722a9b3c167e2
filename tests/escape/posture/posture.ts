/** Everything the kernel says of a sandboxed process, made comparable between machines. */
import { readFileSync, readlinkSync } from 'node:fs';
import { capabilityNames } from '../../../sandbox-server/engines/runc/capabilities.ts';
import type { RunningSandboxServer } from '../../running-sandbox-server.ts';
import type { Place } from '../escape-case.ts';
import { containerOf } from '../batch.ts';

const collect = readFileSync(new URL('collect.sh', import.meta.url), 'utf8');
const kinds = ['user', 'pid', 'mnt', 'net', 'ipc', 'uts', 'cgroup', 'time'];

function namesOf(line: string): string {
  const [set = '', hex = '0'] = line.split(/:\s+/);
  return [
    `${set}:`,
    ...capabilityNames(hex)
      .toSorted()
      .map((name) => `  ${name}`),
  ].join('\n');
}

/** Mount point, options, type, and of the file system's own options those that are the same everywhere. */
function mountOf(line: string): string | null {
  const [before = '', after = ''] = line.split(' - ');
  const [, , , , point = '', options = ''] = before.split(' ');
  const [type = '', , own = ''] = after.split(' ');
  if (/^\/(host\/)?(var\/lib\/docker|run\/docker)\/./.test(point)) return null;
  // What Docker hides in its containers depends on what of it there is.
  if (/^\/(proc|sys)\/(?!(bus|fs|irq|sys)$|fs\/cgroup$)/.test(point)) return null;
  // Which hierarchies there are, and of what kind, is the host's; so is the file system its device nodes come from.
  if (/\/sys\/fs\/cgroup\/./.test(point)) return null;
  if (point.endsWith('/sys/fs/cgroup')) return `${point} cgroup`;
  if (/\/dev\/(full|null|random|tty|urandom|zero|console)$/.test(point)) return `${point} device`;
  const kept = own.split(',').filter((option) => /^(rw|ro|mode=|size=|ptmxmode=|nosuid|nodev)/.test(option));
  return `${point} ${options} ${type} ${kept.join(',')}`;
}

const normal: Record<string, (lines: string[]) => string[]> = {
  ids: (lines) => lines.map((line) => line.trim().replace(/^0 +\d{6,} +65536$/, '0 LEASED 65536')),
  capabilities: (lines) => lines.map(namesOf),
  // Those that depend on the host's memory or its own limits.
  limits: (lines) =>
    lines.map((line) =>
      line
        .replace(
          /^(Max (?:processes|pending signals|locked memory|open files|stack size|msgqueue size)) .*$/,
          '$1 HOST’S',
        )
        .replaceAll(/ +/g, ' ')
        .trim(),
    ),
  mounts: (lines) => [...new Set(lines.map(mountOf).filter((line) => line !== null))].toSorted(),
  descriptors: (lines) => lines.map((line) => line.replace(/\d{2,}/g, 'N')),
  environment: (lines) => lines.map((line) => line.replace(/^HOSTNAME=[0-9a-f]{12}$/, 'HOSTNAME=ID')),
  // The runtime makes /dev/core where the kernel has /proc/kcore, which says no more than a case of its own.
  devices: (lines) => lines.filter((line) => !line.endsWith(' /dev/core')),
  cgroup: (lines) =>
    [
      ...new Set(
        lines.map((line) => line.replaceAll(/[0-9a-f]{64}/g, 'ID').replace(/^\/(init|docker\/ID)$/, '/')),
      ),
    ].filter(Boolean),
};

/** Which namespaces of a host process are not the host's own. */
export function namespacesOf(hostPid: number): string {
  const own = kinds.filter(
    (kind) => readlinkSync(`/proc/${hostPid}/ns/${kind}`) !== readlinkSync(`/proc/self/ns/${kind}`),
  );
  return own.join(' ');
}

export interface PostureOptions {
  server: Pick<RunningSandboxServer, 'client'>;
  sandbox: string;
  place: Place;
}

/** By section, in the order collected. */
export async function postureOf({ server, sandbox, place }: PostureOptions): Promise<Map<string, string>> {
  let output = '';
  const shell = ['/bin/bash', '-c', collect];
  const argv = place === 'shell' ? shell : ['docker', 'exec', containerOf[place], ...shell];
  await server.client.exec(
    sandbox,
    { argv },
    { onStdout: (chunk) => (output += chunk), onStderr: (chunk) => (output += chunk) },
  );
  const sections = output.split(/^## /m).slice(1);
  return new Map(
    sections.map((text) => {
      const [name = '', ...lines] = text.trimEnd().split('\n');
      return [name, (normal[name]?.(lines) ?? lines).join('\n')];
    }),
  );
}
