/** Counts what sandboxes could leave on the host, so a test can compare before and after. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

function cgroupsNamed(directory: string, fragment: string, depth: number): string[] {
  let entries;
  try {
    entries = readdirSync(directory, { withFileTypes: true });
  } catch {
    return [];
  }
  return entries
    .filter((entry) => entry.isDirectory())
    .flatMap((entry) => {
      const path = join(directory, entry.name);
      const here = entry.name.includes(fragment) ? [path] : [];
      return depth > 0 ? [...here, ...cgroupsNamed(path, fragment, depth - 1)] : here;
    });
}

/** Sockets the relay of this instance holds: each keeps a network namespace, also one nothing else is left of. */
function relaySockets(runtimeDir: string): number {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'latin1');
      if (!command.includes('relay/main.ts') || !command.includes(`${runtimeDir}/`)) continue;
      return readdirSync(`/proc/${pid}/fd`).length;
    } catch {
      // It ended meanwhile.
    }
  }
  return 0;
}

/** Everything on the host that names this instance or one of its sandboxes. */
export function leftoversOf({
  runtimeDir,
  stateDir,
  instance,
}: {
  runtimeDir: string;
  stateDir: string;
  instance: string;
}) {
  const mounts = readFileSync('/proc/self/mountinfo', 'utf8').split('\n');
  const loops = readdirSync('/sys/block').filter((name) => {
    try {
      return readFileSync(`/sys/block/${name}/loop/backing_file`, 'utf8').startsWith(stateDir);
    } catch {
      return false;
    }
  });
  return {
    mounts: mounts.filter((line) => line.includes(`${runtimeDir}/sb/`)),
    loops,
    cgroups: cgroupsNamed('/sys/fs/cgroup', `chrootcamp-t${instance}`, 1).flatMap((path) =>
      readdirSync(path, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map((entry) => join(path, entry.name)),
    ),
    runtimeFiles: readdirSync(join(runtimeDir, 'sb')),
    // crun keeps there what it compiled of its filters.
    runtimeRecords: readdirSync(join(runtimeDir, 'oci')).filter((name) => name !== '.cache'),
    stateFiles: readdirSync(stateDir),
    relaySockets: relaySockets(runtimeDir),
  };
}
