/**
 * Putting a sandbox together and taking it apart. Each step of `assemble` has its undoing in `dismantle`, which does not
 * care how far the first one came: it is also what cleans up after a crash.
 */
import { mkdir, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Limits } from '../../../protocol/limits.ts';
import type { NetworkMode } from '../../engine.ts';
import type { Gateway } from '../../gateway/gateway.ts';
import type { ListenInGateway } from '../../gateway/relay-process.ts';
import { Boot } from './boot.ts';
import { bundleOf } from './bundle.ts';
import { thawMount } from './checkpoint/freeze.ts';
import { innerPath, type CgroupHost } from './cgroup/layout.ts';
import { abandonDisk, lingeringDevice, mountDisk } from './disk.ts';
import { mountsBelow, unmount } from './kernel/mounts.ts';
import { listenIn } from './kernel/network-namespace.ts';
import { gatewayAddress } from '../../../protocol/machine-network.ts';
import { createGatewayNamespace, wire, wireLoopback } from './network.ts';
import type { SandboxPaths } from './paths.ts';
import { mountRootfs } from './rootfs.ts';
import type { Runtime } from './runtime.ts';
import { UserNamespace } from './user-namespace.ts';

export interface Parts {
  id: string;
  paths: SandboxPaths;
  /** Path of its cgroup in every hierarchy. */
  cgroup: string;
  runtime: Runtime;
  cgroups: CgroupHost;
  gateway: Gateway;
  log: Logger;
}

export interface AssembleOptions extends Parts {
  network: NetworkMode;
  firstHostId: number;
  treePath: string;
  limits: Limits;
  capabilities: string[];
  openFiles: number;
  startsDocker: boolean;
}

/** Opens the gateway's ears for a sandbox whose gateway namespace exists. */
export function attachGateway({ id, paths, gateway }: Parts, limits: Limits): Promise<void> {
  const namespacePath = paths.gatewayNamespace;
  const listen: ListenInGateway = ({ protocol, port }) =>
    listenIn({ namespacePath, protocol, address: gatewayAddress, port });
  return gateway.attach(id, { listen, limits });
}

async function writeBundle(options: AssembleOptions, userNamespace: UserNamespace): Promise<void> {
  const { paths, cgroup, firstHostId, capabilities, openFiles, runtime, startsDocker } = options;
  await mkdir(paths.bundle, { recursive: true });
  const spec = bundleOf({
    rootfs: paths.merged,
    disk: paths.disk,
    cgroupsPath: innerPath(cgroup),
    firstHostId,
    capabilities,
    userNamespace: userNamespace.path,
    openFiles: runtime.setsLimits ? openFiles : null,
    architecture: process.arch,
    runtime: runtime.program,
    startsDocker,
  });
  await writeFile(join(paths.bundle, 'config.json'), JSON.stringify(spec));
}

async function mountEverything(
  { paths, treePath, firstHostId }: AssembleOptions,
  { prepareDisk, userNamespace }: { prepareDisk: () => Promise<void>; userNamespace: Promise<UserNamespace> },
): Promise<void> {
  await mkdir(paths.disk, { recursive: true });
  await mountDisk({ image: paths.diskImage, target: paths.disk });
  await prepareDisk();
  await mountRootfs({ paths, treePath, firstHostId, idMapFd: (await userNamespace).fd });
}

/** All that the runtime needs, and its process that waits to become PID 1. Gives that one's pid. */
async function create(options: AssembleOptions, prepareDisk: () => Promise<void>): Promise<number> {
  const { id, paths, cgroup, runtime, cgroups, firstHostId, limits, openFiles } = options;
  const userNamespace = UserNamespace.make(firstHostId);
  try {
    // All of them end before the namespace goes, whatever one of them meets.
    const steps = await Promise.allSettled([
      mountEverything(options, { prepareDisk, userNamespace }),
      userNamespace.then((made) => writeBundle(options, made)),
      cgroups.create({ path: cgroup, limits, owner: firstHostId }),
    ]);
    for (const step of steps) if (step.status === 'rejected') throw step.reason;
    const { bundle, pidFile, runtimeLog: log, console } = paths;
    return await runtime.create({ id, bundle, pidFile, log, console, openFiles });
  } finally {
    await userNamespace.then(
      (made) => made[Symbol.dispose](),
      () => undefined,
    );
  }
}

/** From a formatted disk to a running PID 1. `prepareDisk` runs with the disk mounted. */
export async function assemble(options: AssembleOptions, prepareDisk: () => Promise<void>): Promise<Boot> {
  const { id, paths, cgroup, runtime, cgroups, firstHostId, limits, network } = options;
  await mkdir(paths.runtime, { recursive: true, mode: 0o711 });
  const initPid = await create(options, prepareDisk);
  if (network === 'packages') createGatewayNamespace(paths.gatewayNamespace);
  await Promise.all([
    cgroups.delegate({ path: cgroup, owner: firstHostId }),
    network === 'packages'
      ? wire({ initPid, gatewayNamespace: paths.gatewayNamespace }).then(() => attachGateway(options, limits))
      : wireLoopback(initPid),
  ]);
  await runtime.start(id);
  await cgroups.whenJoinable(cgroup);
  return new Boot({ id, initPid });
}

/** Leaves no process, mount, loop device, namespace or cgroup; the disk image stays. `discard`: nothing need be flushed. */
export async function dismantle(
  parts: Parts,
  boot: Boot | null,
  { discard }: { discard: boolean },
): Promise<void> {
  const { id, paths, cgroup, runtime, cgroups, gateway, log } = parts;
  // Whoever waits to write to a frozen disk outlives SIGKILL, and unmounted it would stay frozen for good.
  if ((await mountsBelow(paths.disk)).includes(paths.disk)) thawMount(paths.disk);
  await cgroups.kill(cgroup);
  await boot?.kill();
  boot?.close();
  gateway.detach(id);
  await runtime.remove(id);
  const mounts = await mountsBelow(paths.runtime);
  if (discard && mounts.includes(paths.disk)) abandonDisk(paths.disk);
  for (const target of mounts) await unmount(target);
  const left = await mountsBelow(paths.runtime);
  if (left.length > 0) throw new Error(`sandbox ${id}: still mounted after unmounting: ${left.join(', ')}`);
  const [device] = await Promise.all([lingeringDevice(paths.diskImage), cgroups.remove(cgroup)]);
  if (device !== null) {
    log.warn(
      { id, device },
      'another mount namespace of this host holds the disk of a sandbox that has ended',
    );
    // Written off above: nothing reads it any more, but its space would be held as well.
    if (discard) await truncate(paths.diskImage, 0);
  }
  // A command that was just being started may still have written its pid file.
  await rm(paths.runtime, { recursive: true, force: true, maxRetries: 5 });
}
