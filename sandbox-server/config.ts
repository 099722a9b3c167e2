import { z } from 'zod';
import { capacitySchema, checkpointBoundsSchema } from '../protocol/capacity.ts';
import { limitsSchema } from '../protocol/limits.ts';
import { packageHostSchema, packageNetworkSchema } from '../protocol/package-sources.ts';
import { runtimeSchema } from '../protocol/runtime.ts';

/** The file given by `--config`. Paths are absolute. */
export const configSchema = z.strictObject({
  /** The only door: HTTP and WebSocket. At most 107 bytes. */
  socketPath: z.string().max(107),
  /** The socket is root's, mode 0660, group this. */
  socketGid: z.int().min(0),
  /** Kept over restarts: one folder a sandbox, with its state file and its disk. */
  stateDir: z.string(),
  /** Gone with a reboot: mount points, sockets, the runtime's own state. Short, for the 107 bytes of a socket path. */
  runtimeDir: z.string().max(60),
  /** Root filesystem of every sandbox, owned by root. */
  treePath: z.string(),
  /** Docker registry's filesystem store. */
  registryRoot: z.string(),
  /** Tells apart several servers on one host: part of cgroup and interface names. */
  instance: z.string().regex(/^[a-z0-9]{1,16}$/),
  /** First host uid of this server's id ranges, a multiple of 65536. */
  idBase: z.int().min(65_536),
  /** How many ranges of 65,536 it may lease. */
  idRanges: z.int().min(1).max(4096).default(512),
  capacity: capacitySchema.prefault({}),
  checkpoints: checkpointBoundsSchema.prefault({}),
  /** What package managers inside may reach: `name` on ports 80 and 443, or `name:port`. */
  packageHosts: z.array(packageHostSchema).default([]),
  /**
   * Networks such as `10.1.2.0/24` in which a package source may be. All others that are not public are refused, whatever
   * name leads there.
   */
  packageNetworks: z.array(packageNetworkSchema).default([]),
  /** Unprivileged user for registry, egress proxy and gateway. */
  serviceUser: z.string().default('chrootcamp-net'),
  /**
   * crun allows no second sysfs, without which `ip netns exec` does not work inside. 1.8 (Debian 12) also refuses hybrid
   * cgroups, resizes no terminal and loses parts of large pastes; 1.21 (Debian 13) was tried on v2.
   */
  runtime: runtimeSchema.default('runc'),
  limits: limitsSchema.prefault({}),
  logLevel: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace']).default('info'),
});
export type Config = z.infer<typeof configSchema>;
