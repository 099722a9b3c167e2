/** What went out through the egress proxy: counted by host and by sandbox, and a line in the log for each connection. */
import type { Logger } from 'pino';
import type { EgressView } from '../../protocol/sandbox-api.ts';
import type { RelayReport } from './relay/messages.ts';

type SandboxCounts = EgressView['sandboxes'][number];
type HostCounts = EgressView['hosts'][number];
type Told = Exclude<RelayReport, { type: 'ready' }>;

/** These are reached by using too much; the others by asking for what is not there. */
const limits = ['bytesPerMinute', 'connections', 'connectionsPerMinute'] as const;

export class EgressLedger {
  readonly #log: Logger;
  readonly #sandboxes = new Map<string, SandboxCounts>();
  readonly #hosts = new Map<string, HostCounts>();

  /** `hosts`: the names of the package sources, which are the only hosts there can be. */
  constructor({ hosts, log }: { hosts: Iterable<string>; log: Logger }) {
    this.#log = log;
    for (const host of hosts) this.#hosts.set(host, { host, bytesIn: 0, bytesOut: 0, connections: 0 });
  }

  /** Only sandboxes that are open are counted, so a false report makes nothing grow. */
  open(id: string): void {
    this.#sandboxes.set(id, {
      id,
      bytesIn: 0,
      bytesOut: 0,
      connections: 0,
      refusals: 0,
      limitReached: null,
    });
  }

  close(id: string): void {
    this.#sandboxes.delete(id);
  }

  take(report: Told): void {
    const sandbox = this.#sandboxes.get(report.sandboxId);
    if (report.type === 'flow') {
      const { flow, sandboxId } = report;
      for (const counts of [sandbox, this.#hosts.get(flow.host)]) {
        if (counts === undefined) continue;
        counts.bytesIn += flow.bytesIn;
        counts.bytesOut += flow.bytesOut;
        counts.connections += 1;
      }
      this.#log.info({ egress: flow, sandboxId }, 'a connection to a package source has ended');
      return;
    }
    const { type: _, ...refusal } = report;
    this.#log.info({ refusal }, 'the egress proxy refused something');
    if (sandbox === undefined) return;
    sandbox.refusals += report.times;
    const limit = limits.find((one) => one === report.reason);
    if (limit !== undefined) sandbox.limitReached = { limit, at: new Date().toISOString() };
  }

  view(): EgressView {
    return { sandboxes: [...this.#sandboxes.values()], hosts: [...this.#hosts.values()] };
  }
}
