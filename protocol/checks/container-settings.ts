/** What `docker inspect` tells of how a container was made, beyond its image, state and command. */
import { z } from 'zod';
import { absolutePathSchema } from './base.ts';
import { keyedTextSchema, textExpectationSchema } from './text.ts';

const nameSchema = z.string().min(1).max(128);
const portSchema = z.int().min(1).max(65_535);

/** A capability as `docker run --cap-add` takes it, without `CAP_`: `NET_ADMIN`; `ALL` for every one. */
export const capabilitySchema = z
  .string()
  .regex(/^(?!CAP_)[A-Z_]{3,30}$/, 'expected a capability like NET_ADMIN, without CAP_');

/** One published port; all that is given must hold of it. */
export const portExpectationSchema = z.strictObject({
  containerPort: portSchema,
  hostPort: portSchema.optional(),
  /** `127.0.0.1`; `0.0.0.0` is any address. */
  hostIp: z.string().min(2).max(45).optional(),
  protocol: z.enum(['tcp', 'udp', 'sctp']).default('tcp'),
});
export type PortExpectation = z.infer<typeof portExpectationSchema>;

export const mountExpectationSchema = z.strictObject({
  type: z.enum(['bind', 'volume', 'tmpfs']),
  /** Of a bind mount: the path on the learner's machine. Of a volume: its name. Not of a tmpfs. */
  source: z.string().min(1).max(4096).optional(),
  /** In the container. */
  target: absolutePathSchema,
  readOnly: z.boolean().optional(),
});
export type MountExpectation = z.infer<typeof mountExpectationSchema>;

/** Another container, by name, whose namespace is joined. */
const joinedSchema = z.strictObject({ container: nameSchema });

export const healthStates = ['healthy', 'unhealthy', 'starting', 'none'] as const;
export const restartPolicies = ['no', 'always', 'unless-stopped', 'on-failure'] as const;

export const containerSettingFields = {
  /** Variables by name. */
  env: keyedTextSchema.optional(),
  ports: z.array(portExpectationSchema).min(1).max(10).optional(),
  mounts: z.array(mountExpectationSchema).min(1).max(10).optional(),
  /** Names of networks that it is attached to; it may be attached to others as well. */
  networks: z.array(nameSchema).min(1).max(10).optional(),
  networkMode: z.union([z.enum(['host', 'none']), joinedSchema]).optional(),
  pidMode: z.union([z.enum(['host']), joinedSchema]).optional(),
  /** Exactly these. `pids` is the number of processes. */
  limits: z
    .strictObject({
      memoryBytes: z.int().min(1).optional(),
      cpus: z.number().positive().optional(),
      pids: z.int().min(1).optional(),
    })
    .optional(),
  /** As given to `--user` or `USER`; without a group any group will do. */
  user: z.string().min(1).max(64).optional(),
  /** `dropped`: at least these. `added`: exactly these; an empty list is none. */
  capabilities: z
    .strictObject({
      dropped: z.array(capabilitySchema).min(1).optional(),
      added: z.array(capabilitySchema).optional(),
    })
    .optional(),
  privileged: z.boolean().optional(),
  readOnlyRoot: z.boolean().optional(),
  restartPolicy: z.enum(restartPolicies).optional(),
  /** `none`: it has no health check. */
  health: z.enum(healthStates).optional(),
  labels: keyedTextSchema.optional(),
  /** Its words joined by spaces. */
  entrypoint: textExpectationSchema.optional(),
  workingDir: absolutePathSchema.optional(),
  /** Docker's --rm. */
  autoRemove: z.boolean().optional(),
  /** The kernel ended it, or a process in it, for want of memory. */
  oomKilled: z.boolean().optional(),
};
