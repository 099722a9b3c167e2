/**
 * What a sandbox can reach: the course's registry, and package sources through the egress proxy. Nothing else exists.
 * All of it runs unprivileged; only the opening of sockets in the sandboxes' gateway namespaces is root's.
 */
import { chown, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import type { EgressView } from '../../protocol/sandbox-api.ts';
import type { Limits } from '../../protocol/limits.ts';
import { AllowedHosts } from './egress/allowed-hosts.ts';
import { EgressLedger } from './egress-ledger.ts';
import { registryConfig } from './registry-config.ts';
import { registryPort } from '../../protocol/machine-network.ts';
import { RelayProcess, type ListenInGateway } from './relay-process.ts';
import { Service } from './service.ts';
import { lookUpUser } from './service-user.ts';

export interface GatewayOptions {
  /** Sockets and configuration of the helpers; made anew. */
  directory: string;
  registryRoot: string;
  packageHosts: string[];
  /** Networks where a package source may be though they are not public. */
  packageNetworks: string[];
  serviceUser: string;
  gatewayAddress: string;
  log: Logger;
}

export interface GatewayAttachment {
  listen: ListenInGateway;
  limits: Pick<Limits, 'egressBytesPerMinute' | 'egressConnections' | 'egressConnectionsPerMinute'>;
}

export class Gateway implements AsyncDisposable {
  readonly #relay: RelayProcess;
  readonly #registry: Service;
  readonly #ledger: EgressLedger;

  private constructor(parts: { relay: RelayProcess; registry: Service; ledger: EgressLedger }) {
    this.#relay = parts.relay;
    this.#registry = parts.registry;
    this.#ledger = parts.ledger;
  }

  static async start(options: GatewayOptions): Promise<Gateway> {
    const { directory, log, gatewayAddress } = options;
    const user = lookUpUser(options.serviceUser);
    const registrySocket = join(directory, 'registry.sock');
    await rm(directory, { recursive: true, force: true });
    await mkdir(directory, { mode: 0o700 });
    const registryFile = join(directory, 'registry.json');
    await writeFile(registryFile, registryConfig({ root: '/proc/self/fd/3', socketPath: registrySocket }));
    for (const path of [directory, registryFile]) await chown(path, user.uid, user.gid);

    const registry = new Service({
      name: 'registry',
      program: 'docker-registry',
      args: ['serve', registryFile],
      user,
      directory: options.registryRoot,
      log,
    });
    const hosts = new AllowedHosts(options.packageHosts);
    const ledger = new EgressLedger({ hosts: hosts.names, log });
    const relay = new RelayProcess({
      relay: {
        ...user,
        gatewayAddress,
        registrySocket,
        egress: {
          hosts: options.packageHosts,
          networks: options.packageNetworks,
        },
      },
      ports: hosts.ports.filter((port) => port !== registryPort),
      onReport: (report) => ledger.take(report),
      log,
    });
    registry.start();
    relay.start();
    await relay.whenReady();
    return new Gateway({ relay, registry, ledger });
  }

  async attach(sandboxId: string, { listen, limits }: GatewayAttachment): Promise<void> {
    this.#ledger.open(sandboxId);
    await this.#relay.attach(sandboxId, {
      listen,
      limits: {
        bytesPerMinute: limits.egressBytesPerMinute,
        connections: limits.egressConnections,
        connectionsPerMinute: limits.egressConnectionsPerMinute,
      },
    });
  }

  detach(sandboxId: string): void {
    this.#relay.detach(sandboxId);
    this.#ledger.close(sandboxId);
  }

  egress(): EgressView {
    return this.#ledger.view();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([this.#registry, this.#relay].map((part) => part[Symbol.asyncDispose]()));
  }
}
