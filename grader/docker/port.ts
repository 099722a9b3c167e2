import { z } from 'zod';
import { firstItems } from '../untrusted-array.ts';
import { firstEntries } from '../untrusted-record.ts';
import { textSchema } from './texts.ts';

const bindingSchema = z.object({ HostIp: textSchema, HostPort: textSchema });

/** `PortBindings` and `Ports` alike: by `80/tcp`, where it is published; null where it is not. */
export const portsSchema = firstEntries(firstItems(bindingSchema, 20), 200)
  .transform((ports) => [...ports].flatMap(([key, bindings]) => bindings.flatMap((at) => portOf(key, at))))
  .catch([]);
export type PortSeen = z.output<typeof portsSchema>[number];

/** `hostPort` is null where Docker is to choose one. */
function portOf(key: string, { HostIp, HostPort }: z.output<typeof bindingSchema>) {
  const [, port, protocol] = /^(\d{1,5})\/(tcp|udp|sctp)$/.exec(key) ?? [];
  if (port === undefined || protocol === undefined) return [];
  const hostPort = /^\d{1,5}$/.test(HostPort) && Number(HostPort) > 0 ? Number(HostPort) : null;
  return [{ containerPort: Number(port), protocol, hostIp: HostIp === '' ? '0.0.0.0' : HostIp, hostPort }];
}

const summaryPortSchema = z
  .object({
    PrivatePort: z.int().min(1).max(65_535),
    PublicPort: z.int().min(1).max(65_535).nullable().catch(null),
  })
  .transform(({ PrivatePort, PublicPort }) => ({ containerPort: PrivatePort, hostPort: PublicPort }));

/** `Ports` of the list of containers; `hostPort` is null where it is not published. */
export const summaryPortsSchema = firstItems(summaryPortSchema, 200).catch([]);
