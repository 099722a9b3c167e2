import { z } from 'zod';
import { firstItems } from '../untrusted-array.ts';
import { firstEntries, orEmpty } from '../untrusted-record.ts';
import { configSchema } from './config.ts';
import { hostConfigSchema } from './host-config.ts';
import { mountsSchema } from './mount.ts';
import { portsSchema, summaryPortsSchema } from './port.ts';
import { textSchema, textsByKeySchema } from './texts.ts';

/** Goes into paths of the Docker API, so nothing but an id may pass. */
const idSchema = z.string().regex(/^[0-9a-f]{64}$/);
/** An attachment that has not been made yet is among the networks as well. */
const endpointSchema = z.object({ IPAddress: textSchema }).catch({ IPAddress: '' });
const networkingSchema = orEmpty(
  z
    .object({
      Networks: firstEntries(endpointSchema, 100).catch(new Map<string, { IPAddress: string }>()),
      Ports: portsSchema,
    })
    .transform(({ Networks, Ports }) => ({
      networks: [...Networks.keys()],
      addresses: [...Networks.values()].flatMap(({ IPAddress }) =>
        z.ipv4().safeParse(IPAddress).success ? [IPAddress] : [],
      ),
      ports: Ports,
    })),
);

/** One of `/containers/json`. */
const containerSummarySchema = z
  .object({
    Id: idSchema,
    Names: firstItems(z.string(), 20).catch([]),
    Image: textSchema,
    ImageID: textSchema,
    State: textSchema,
    Status: textSchema,
    Labels: textsByKeySchema,
    Mounts: mountsSchema,
    Ports: summaryPortsSchema,
    NetworkSettings: networkingSchema,
  })
  .transform((raw) => ({
    id: raw.Id,
    name: ownName(raw.Names) ?? raw.Id.slice(0, 12),
    image: raw.Image,
    imageId: raw.ImageID,
    state: raw.State,
    /** From the words "Exited (1) 5 minutes ago"; null while it runs or where it never did. */
    exitCode: exitCodeIn(raw.Status),
    /** From the words "Up 2 seconds (healthy)". */
    health:
      /\((healthy|unhealthy|health: starting)\)$/.exec(raw.Status)?.[1]?.replace('health: ', '') ?? 'none',
    labels: raw.Labels,
    volumes: raw.Mounts.filter((mount) => mount.type === 'volume').map((mount) => mount.source),
    networks: raw.NetworkSettings.networks,
    /** IPv4, while it runs. */
    addresses: raw.NetworkSettings.addresses,
    ports: raw.Ports,
  }));
export type ContainerSummary = z.output<typeof containerSummarySchema>;

/** Docker lists the newest first. */
export const containerListSchema = firstItems(containerSummarySchema, 1_000);

const stateSchema = z.object({
  ExitCode: z.int().catch(-1),
  OOMKilled: z.boolean().catch(false),
  Health: z.object({ Status: textSchema }).catch({ Status: 'none' }),
});
const switchesSchema = z.object({
  Tty: z.boolean().catch(false),
  OpenStdin: z.boolean().catch(false),
  Hostname: textSchema,
});

/** `/containers/<id>/json`, what checks ask of it. */
export const containerDetailSchema = z
  .object({
    Path: textSchema,
    Args: firstItems(z.string(), 1_000).catch([]),
    State: orEmpty(stateSchema),
    Config: orEmpty(switchesSchema.and(configSchema)),
    HostConfig: orEmpty(hostConfigSchema),
    Mounts: mountsSchema,
    NetworkSettings: networkingSchema,
  })
  .transform((raw) => ({
    command: [raw.Path, ...raw.Args].join(' '),
    words: [raw.Path, ...raw.Args],
    exitCode: raw.State.ExitCode,
    oomKilled: raw.State.OOMKilled,
    health: raw.State.Health.Status,
    tty: raw.Config.Tty,
    openStdin: raw.Config.OpenStdin,
    hostname: raw.Config.Hostname,
    config: raw.Config,
    host: raw.HostConfig,
    mounts: [...raw.Mounts, ...raw.HostConfig.tmpfs],
    networks: raw.NetworkSettings.networks,
    /** As they are while it runs, else as they were asked for. */
    ports: raw.NetworkSettings.ports.length > 0 ? raw.NetworkSettings.ports : raw.HostConfig.ports,
  }));
export type ContainerDetail = z.output<typeof containerDetailSchema>;

/** A container linked to from others has a name `/other/alias` as well. */
function ownName(names: readonly string[]): string | undefined {
  return names.find((name) => /^\/[^/]+$/.test(name))?.slice(1);
}

function exitCodeIn(status: string): number | null {
  const code = /^Exited \((\d{1,3})\)/.exec(status)?.[1];
  return code === undefined ? null : Number(code);
}
