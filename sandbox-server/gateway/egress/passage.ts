/** What carries one connection of a sandbox: its account, where it may go, and whom to tell. */
import type { Socket } from 'node:net';
import type { Account, EgressLimits, ReachedLimit } from './account.ts';
import type { AllowedHosts } from './allowed-hosts.ts';
import { Flow, type FlowReport } from './flow.ts';
import { limitRefusal, type EgressRefusal, type RefusalReason } from './refusal.ts';
import type { ResolveHost } from './resolve-host.ts';

export interface EgressListener {
  /** A connection that was let through has ended. */
  onFlow: (flow: FlowReport) => void;
  /** `host` as the learner's tool named it, or null. */
  onRefusal: (refusal: { reason: RefusalReason; host: string | null }) => void;
}

export interface PassageOptions {
  near: Socket;
  account: Account;
  limits: EgressLimits;
  hosts: AllowedHosts;
  resolve: ResolveHost;
  listener: EgressListener;
  /** Asked for by the learner's tool, and the one connected to. */
  port: number;
}

export class Passage {
  readonly account: Account;
  readonly hosts: AllowedHosts;
  readonly resolve: ResolveHost;
  readonly port: number;
  readonly #near: Socket;
  readonly #charged = { read: 0, written: 0 };
  readonly #limits: EgressLimits;
  readonly #listener: EgressListener;

  constructor({ near, account, limits, hosts, resolve, listener, port }: PassageOptions) {
    this.#near = near;
    this.account = account;
    this.hosts = hosts;
    this.resolve = resolve;
    this.port = port;
    this.#limits = limits;
    this.#listener = listener;
  }

  /** Counts a request or tunnel. Throws an EgressRefusal where a limit is reached. */
  begin(): void {
    const limit = this.account.begin();
    if (limit !== null) throw limitRefusal(limit, this.#limits, this.account.secondsUntilRoom(limit));
  }

  flowTo(host: string, protocol: FlowReport['protocol']): Flow {
    const { port, account } = this;
    return new Flow({ near: this.#near, account, charged: this.#charged }, { host, port, protocol });
  }

  refused(refusal: EgressRefusal, host: string | null): void {
    this.#listener.onRefusal({ reason: refusal.reason, host: host === null ? null : host.slice(0, 253) });
  }

  /** A limit, in the middle of what had been let through. */
  reached(limit: ReachedLimit): void {
    this.#listener.onRefusal({ reason: limit, host: null });
  }

  ended(flow: FlowReport): void {
    this.#listener.onFlow(flow);
  }
}
