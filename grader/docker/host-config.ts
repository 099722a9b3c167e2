import { z } from 'zod';
import type { MountSeen } from './mount.ts';
import { portsSchema } from './port.ts';
import { textSchema, textsByKeySchema, wordsSchema } from './texts.ts';

const numberSchema = z.number().catch(0);
const flagSchema = z.boolean().catch(false);
/** What was asked for with `docker run`: it is there also while the container does not run. */
export const hostConfigSchema = z
  .object({
    PortBindings: portsSchema,
    Tmpfs: textsByKeySchema,
    NetworkMode: textSchema,
    PidMode: textSchema,
    Memory: numberSchema,
    NanoCpus: numberSchema,
    CpuQuota: numberSchema,
    CpuPeriod: numberSchema,
    PidsLimit: numberSchema,
    CapAdd: wordsSchema,
    CapDrop: wordsSchema,
    Privileged: flagSchema,
    ReadonlyRootfs: flagSchema,
    RestartPolicy: z.object({ Name: textSchema }).catch({ Name: '' }),
    AutoRemove: flagSchema,
  })
  .transform((raw) => ({
    ports: raw.PortBindings,
    tmpfs: [...raw.Tmpfs].map(([target, options]): MountSeen => ({
      type: 'tmpfs',
      source: '',
      target,
      readOnly: options.split(',').includes('ro'),
    })),
    networkMode: raw.NetworkMode,
    pidMode: raw.PidMode,
    limits: { memoryBytes: raw.Memory, cpus: cpusOf(raw), pids: Math.max(0, raw.PidsLimit) },
    capabilities: { added: raw.CapAdd.map(plainCapability), dropped: raw.CapDrop.map(plainCapability) },
    privileged: raw.Privileged,
    readOnlyRoot: raw.ReadonlyRootfs,
    restartPolicy: raw.RestartPolicy.Name === '' ? 'no' : raw.RestartPolicy.Name,
    autoRemove: raw.AutoRemove,
  }));

/** `--cpus` and the older `--cpu-quota`, whose period is 100 ms unless told otherwise. */
function cpusOf({
  NanoCpus,
  CpuQuota,
  CpuPeriod,
}: {
  NanoCpus: number;
  CpuQuota: number;
  CpuPeriod: number;
}) {
  if (NanoCpus > 0) return NanoCpus / 1e9;
  return CpuQuota > 0 ? CpuQuota / (CpuPeriod > 0 ? CpuPeriod : 100_000) : 0;
}

/** `CAP_NET_ADMIN`, `net_admin` and `NET_ADMIN` are one. */
function plainCapability(name: string): string {
  return name.toUpperCase().replace(/^CAP_/, '');
}
