/**
 * The egress proxy: carries a sandbox's connections to package sources and nowhere else. Runs in the relay, without
 * rights; everything hostile of it is parsed here.
 */
import type { Socket } from 'node:net';
import { Account, type EgressLimits } from './account.ts';
import { AllowedHosts } from './allowed-hosts.ts';
import { HttpEgress } from './http-egress.ts';
import { Passage, type EgressListener } from './passage.ts';
import { networksOf } from './public-address.ts';
import { createResolver } from './resolve-host.ts';
import { tunnelTls } from './tls-egress.ts';

/** Above the limit a tool is told so; further above there is nobody to tell. */
const toldConnections = 32;
const firstByteTimeoutMs = 30_000;
const tlsHandshake = 22;

export interface EgressOptions {
  /** `name` or `name:port`. */
  hosts: string[];
  /** Networks that are let through though they are not public, as `10.1.2.0/24`. */
  networks: string[];
}

export class Egress {
  readonly hosts: AllowedHosts;
  readonly #resolve;
  readonly #http = new HttpEgress();

  constructor({ hosts, networks }: EgressOptions) {
    this.hosts = new AllowedHosts(hosts);
    this.#resolve = createResolver({ exceptions: networksOf(networks) });
  }

  open({ limits, listener }: { limits: EgressLimits; listener: EgressListener }): SandboxEgress {
    const account = new Account(limits);
    return {
      take: (near, port) => this.#take(near, { account, limits, port, listener }),
      close: () => this.#http.forget(account),
    };
  }

  #take(
    near: Socket,
    options: { account: Account; limits: EgressLimits; port: number; listener: EgressListener },
  ): void {
    const { account, limits } = options;
    if (account.open >= limits.connections + toldConnections) {
      near.destroy();
      return;
    }
    account.connected();
    near.once('close', () => account.closed());
    near.on('error', () => near.destroy());
    near.setTimeout(firstByteTimeoutMs, () => near.destroy());
    const { hosts } = this;
    const passage = new Passage({
      near,
      ...options,
      hosts,
      resolve: this.#resolve,
    });
    near.once('data', (first: Buffer) => {
      near.pause();
      near.setTimeout(0);
      near.removeAllListeners('timeout');
      near.unshift(first);
      if (first[0] === tlsHandshake)
        void tunnelTls(near, passage).catch((error: unknown) => fault(near, error));
      else this.#http.take(near, passage);
    });
  }
}

/** Of ours, not of the learner's tool: it costs that one connection, and is told on standard error. */
function fault(near: Socket, error: unknown): void {
  near.destroy();
  process.stderr.write(`relay: ${(error as Error).stack}\n`);
}

/** Of one sandbox. */
export interface SandboxEgress {
  /** `port`: the one the sandbox connected to. */
  take: (near: Socket, port: number) => void;
  close: () => void;
}
