/**
 * What a sandbox can reach: the course's registry, and package sources through the egress proxy. Nothing else exists.
 * All of it runs unprivileged; only the opening of sockets in the sandboxes' gateway namespaces is root's.
 */
import { chown, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { egressConfig } from './egress-config.ts';
import { registryConfig } from './registry-config.ts';
import { RelayProcess, type ListenInGateway } from './relay-process.ts';
import { Service } from './service.ts';
import { lookUpUser } from './service-user.ts';

export interface GatewayOptions {
  /** Sockets and configuration of the helpers; made anew. */
  directory: string;
  registryRoot: string;
  packageHosts: string[];
  serviceUser: string;
  gatewayAddress: string;
  log: Logger;
}

export class Gateway implements AsyncDisposable {
  readonly #relay: RelayProcess;
  readonly #services: Service[];

  private constructor(relay: RelayProcess, services: Service[]) {
    this.#relay = relay;
    this.#services = services;
  }

  static async start(options: GatewayOptions): Promise<Gateway> {
    const { directory, log } = options;
    const user = lookUpUser(options.serviceUser);
    const hosts = options.packageHosts.map((host) => host.replace(/:\d+$/, ''));
    const sockets = {
      registry: join(directory, 'registry.sock'),
      http: join(directory, 'http.sock'),
      tls: join(directory, 'tls.sock'),
    };
    await rm(directory, { recursive: true, force: true });
    await mkdir(directory, { mode: 0o700 });
    const registryFile = join(directory, 'registry.json');
    const egressFile = join(directory, 'egress.cfg');
    await writeFile(registryFile, registryConfig({ root: '/proc/self/fd/3', socketPath: sockets.registry }));
    const egress = egressConfig({ httpSocketPath: sockets.http, tlsSocketPath: sockets.tls, hosts });
    await writeFile(egressFile, egress);
    for (const path of [directory, registryFile, egressFile]) await chown(path, user.uid, user.gid);

    const services = [
      new Service({
        name: 'registry',
        program: 'docker-registry',
        args: ['serve', registryFile],
        user,
        directory: options.registryRoot,
        log,
      }),
      new Service({ name: 'egress', program: 'haproxy', args: ['-db', '-f', egressFile], user, log }),
    ];
    const relay = new RelayProcess(
      { ...user, gatewayAddress: options.gatewayAddress, names: hosts, sockets },
      log,
    );
    for (const service of services) service.start();
    relay.start();
    await relay.whenReady();
    return new Gateway(relay, services);
  }

  attach(sandboxId: string, listen: ListenInGateway): Promise<void> {
    return this.#relay.attach(sandboxId, listen);
  }

  detach(sandboxId: string): void {
    this.#relay.detach(sandboxId);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#services, this.#relay].map((part) => part[Symbol.asyncDispose]()));
  }
}
