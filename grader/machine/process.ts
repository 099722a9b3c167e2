import { z } from 'zod';
import { textsByKeySchema } from '../docker/texts.ts';
import { firstItems } from '../untrusted-array.ts';

const namespacesSchema = z.object({
  mnt: z.string().optional().catch(undefined),
  uts: z.string().optional().catch(undefined),
  ipc: z.string().optional().catch(undefined),
  pid: z.string().optional().catch(undefined),
  net: z.string().optional().catch(undefined),
  user: z.string().optional().catch(undefined),
  cgroup: z.string().optional().catch(undefined),
});

const processSeenSchema = z.object({
  pid: z.int().min(1),
  name: z.string().max(64),
  argv: firstItems(z.string(), 1_000),
  root: z.string().nullable().catch(null),
  cwd: z.string().nullable().catch(null),
  uid: z.int().min(0),
  gid: z.int().min(0).nullable().catch(null),
  capabilities: z.int().min(0).nullable().catch(null),
  noNewPrivs: z.boolean().nullable().catch(null),
  seccompFilters: z.int().min(0).nullable().catch(null),
  ns: namespacesSchema,
  containerId: z.string().nullable().catch(null),
  /** By controller; on v2 under the empty name. */
  cgroups: textsByKeySchema,
});
export type ProcessSeen = z.output<typeof processSeenSchema>;

/** A machine is limited to far fewer processes than this. */
export const processesSeenSchema = firstItems(processSeenSchema, 10_000);
