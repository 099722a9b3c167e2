/** From the sandbox-server to its relay, over Node's IPC channel; `attach` carries the listening handle. */
export const relayServices = {
  dns: { protocol: 'udp', port: 53 },
  http: { protocol: 'tcp', port: 80 },
  tls: { protocol: 'tcp', port: 443 },
  registry: { protocol: 'tcp', port: 5000 },
} as const;

export type RelayService = keyof typeof relayServices;

export type RelayMessage =
  { type: 'attach'; sandboxId: string; service: RelayService } | { type: 'detach'; sandboxId: string };

/** The relay's only argument, as JSON. */
export interface RelayOptions {
  uid: number;
  gid: number;
  /** What every allowed name resolves to inside. */
  gatewayAddress: string;
  /** Names the resolver knows. */
  names: string[];
  sockets: Record<Exclude<RelayService, 'dns'>, string>;
}
