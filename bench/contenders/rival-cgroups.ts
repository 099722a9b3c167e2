/** A cgroup of a rival's own in each hierarchy of this computer: what its daemons make there goes with it. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { detectCgroupHost, parseCgroupMounts } from '../../sandbox-server/engines/runc/cgroup/detect.ts';

export class RivalCgroups implements AsyncDisposable {
  /** For rival-host.sh. */
  readonly environment: { CGROUPS: string; LEAF: string; MOUNTS: string };
  readonly #path: string;

  private constructor(path: string, environment: RivalCgroups['environment']) {
    this.#path = path;
    this.environment = environment;
  }

  static async make(name: string): Promise<RivalCgroups> {
    const { v1, v2 } = parseCgroupMounts(await readFile('/proc/self/mountinfo', 'utf8'));
    const mountPoints = [...new Set([...v1.values(), ...(v2 === null ? [] : [v2])])];
    const directories = mountPoints.map((mountPoint) => join(mountPoint, name));
    for (const directory of directories) await mkdir(directory, { recursive: true });
    const cpuset = v1.get('cpuset');
    // Nothing may join one before it has some of each.
    for (const file of cpuset === undefined ? [] : ['cpuset.cpus', 'cpuset.mems'])
      await writeFile(join(cpuset!, name, file), await readFile(join(cpuset!, file)));
    const { version } = await detectCgroupHost();
    const leaf = version === 'v2' ? join(v2!, name, 'init') : '';
    if (leaf !== '') {
      await writeFile(join(v2!, 'cgroup.subtree_control'), '+cpu +memory +pids +io');
      await mkdir(leaf, { recursive: true });
    }
    return new RivalCgroups(`/${name}`, {
      CGROUPS: directories.join(' '),
      LEAF: leaf,
      MOUNTS: mountPoints.map((mountPoint) => mountLine(mountPoint, v1)).join('\n'),
    });
  }

  /** Words that, before a command line, make it run in these cgroups. */
  get joined(): string[] {
    const { LEAF, CGROUPS } = this.environment;
    const script = `for each in ${LEAF || CGROUPS}; do echo $$ >$each/cgroup.procs; done; exec "$@"`;
    return ['sh', '-c', script, 'sh'];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await (await detectCgroupHost()).removeInstance(this.#path);
  }
}

function mountLine(mountPoint: string, v1: ReadonlyMap<string, string>): string {
  const options = [...v1].filter(([, at]) => at === mountPoint).map(([controller]) => controller);
  if (options.length === 0) return `${basename(mountPoint)} cgroup2 rw`;
  // A hierarchy that has a name and no controller.
  const none = options.every((option) => option.startsWith('name=')) ? ['none'] : [];
  return `${basename(mountPoint)} cgroup ${[...none, ...options].join(',')}`;
}
