/** Between the sandbox-server and its relay, over Node's IPC channel; `attach` carries the listening handle. */
import { z } from 'zod';
import { registryPort } from '../../../protocol/machine-network.ts';
import type { EgressLimits } from '../egress/account.ts';
import type { EgressOptions } from '../egress/egress.ts';

/** A listening socket in a sandbox's gateway namespace, and what it is for. */
export interface RelayService {
  kind: 'dns' | 'registry' | 'egress';
  protocol: 'tcp' | 'udp';
  port: number;
}

/** `ports`: those on which package sources may be asked for. */
export function relayServices(ports: readonly number[]): RelayService[] {
  return [
    { kind: 'dns', protocol: 'udp', port: 53 },
    { kind: 'registry', protocol: 'tcp', port: registryPort },
    ...ports.map((port) => ({ kind: 'egress', protocol: 'tcp', port }) as const),
  ];
}

export type RelayMessage =
  | { type: 'attach'; sandboxId: string; service: RelayService; limits: EgressLimits }
  | { type: 'detach'; sandboxId: string };

/** The relay's only argument, as JSON. */
export interface RelayOptions {
  uid: number;
  gid: number;
  /** What every allowed name resolves to inside. */
  gatewayAddress: string;
  registrySocket: string;
  egress: EgressOptions;
}

const count = z.number().min(0);
const reasonSchema = z.enum([
  'bytesPerMinute',
  'connections',
  'connectionsPerMinute',
  'host',
  'inward',
  'unresolved',
  'unreachable',
  'malformed',
]);

/** What the relay tells. It parses learners' bytes, so nothing it says is believed unseen. */
export const relayReportSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ready') }),
  z.strictObject({
    type: z.literal('flow'),
    sandboxId: z.string().max(64),
    flow: z.strictObject({
      host: z.string().max(253),
      port: count,
      protocol: z.enum(['http', 'tls']),
      address: z.string().max(64).nullable(),
      bytesIn: count,
      bytesOut: count,
      durationMs: count,
      requests: count,
      refused: reasonSchema.nullable(),
    }),
  }),
  z.strictObject({
    type: z.literal('refusals'),
    sandboxId: z.string().max(64),
    reason: reasonSchema,
    /** The host last asked for, as the learner's tool named it. */
    host: z.string().max(253).nullable(),
    times: count,
  }),
]);
export type RelayReport = z.infer<typeof relayReportSchema>;
