/**
 * Where everything lies. All that must survive is under the data directory; sockets, mount points and what only matters
 * while it runs are under a short directory in /run, because a Unix socket's path ends at 107 bytes.
 */
import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import path from 'node:path';

export const defaultDataDir = '/var/lib/chrootcamp';
export const defaultRuntimeRoot = '/run/chrootcamp';

export interface Layout {
  /** Real path: two names of one directory are one instance. */
  dataDir: string;
  /** 8 hexadecimal digits that stand for `dataDir`. */
  instance: string;
  /** The built machine tree, course images and registry. */
  machineDir: string;
  /** The learners' disks and what the sandbox-server remembers. */
  sandboxesDir: string;
  /** The portal's database and keys; owned by its user. */
  portalDir: string;
  logsDir: string;
  /** Our programs as Node has compiled them: made anew when absent. */
  compileCacheDir: string;
  /** Data directories of short-lived instances, such as those of `sandbox run`. */
  privateDir: string;
  /** The instance's lease of user ids. */
  instanceFile: string;

  runtimeRoot: string;
  /** Removed by `stop`. */
  runtimeDir: string;
  /** Held (flock) for as long as somebody starts or supervises this instance. */
  lockFile: string;
  claimFile: string;
  /** Who runs: read by `status`, and by whoever finds a killed supervisor's leftovers. */
  recordFile: string;
  /** The supervisor's own API. */
  controlSocket: string;
  supervisorPlanFile: string;
  sandboxServerConfigFile: string;
  portalConfigFile: string;
  /** Only the portal's group may enter. */
  portalSocketDir: string;
  sandboxServerSocket: string;
  sandboxRuntimeDir: string;
  /** Mount points in the portal's own mount namespace: the program, and `portalDir`. */
  portalAppMount: string;
  portalDataMount: string;
}

/** `dataDir` need not exist yet; `runtimeRoot` differs only in tests. */
export function layoutOf(dataDir: string, runtimeRoot: string = defaultRuntimeRoot): Layout {
  const data = realPathOf(path.resolve(dataDir));
  const instance = createHash('sha256').update(data).digest('hex').slice(0, 8);
  const runtimeDir = path.join(runtimeRoot, instance);
  return {
    dataDir: data,
    instance,
    machineDir: path.join(data, 'machine'),
    sandboxesDir: path.join(data, 'sandboxes'),
    portalDir: path.join(data, 'portal'),
    logsDir: path.join(data, 'logs'),
    compileCacheDir: path.join(data, 'cache'),
    privateDir: path.join(data, 'private'),
    instanceFile: path.join(data, 'instance.json'),
    runtimeRoot,
    runtimeDir,
    lockFile: path.join(runtimeDir, 'lock'),
    claimFile: path.join(runtimeDir, 'claim.json'),
    recordFile: path.join(runtimeDir, 'supervisor.json'),
    controlSocket: path.join(runtimeDir, 'control.sock'),
    supervisorPlanFile: path.join(runtimeDir, 'plan.json'),
    sandboxServerConfigFile: path.join(runtimeDir, 'sandbox-server.json'),
    portalConfigFile: path.join(runtimeDir, 'portal.json'),
    portalSocketDir: path.join(runtimeDir, 'portal'),
    sandboxServerSocket: path.join(runtimeDir, 'portal', 'sandbox-server.sock'),
    sandboxRuntimeDir: path.join(runtimeDir, 'sandboxes'),
    portalAppMount: path.join(runtimeDir, 'app'),
    portalDataMount: path.join(runtimeDir, 'portal-data'),
  };
}

/** Resolves links in as much of the path as exists. */
function realPathOf(absolute: string): string {
  try {
    return realpathSync(absolute);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    const parent = path.dirname(absolute);
    return parent === absolute ? absolute : path.join(realPathOf(parent), path.basename(absolute));
  }
}
