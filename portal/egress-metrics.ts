/** What machines fetched from package sources, as the sandbox-server counts it, for `GET /metrics`. */
import { Gauge, type Registry } from 'prom-client';
import type { EgressCounts, EgressView } from '../protocol/sandbox-api.ts';
import type { SandboxClient } from '../sandbox-client/client.ts';

/**
 * Gauges, since the counts begin anew with the sandbox-server; without that there are none. By sandbox only those that
 * run, so there are never many.
 */
export function addEgressMetrics(registry: Registry, client: SandboxClient): void {
  let asking: Promise<EgressView> | null = null;
  /** All figures of one answer are of one look. */
  const look = () => {
    asking ??= client
      .egress()
      .catch(() => ({ sandboxes: [], hosts: [] }))
      .finally(() => (asking = null));
    return asking;
  };
  const gauge = (options: {
    name: string;
    help: string;
    labels: string[];
    fill: (gauge: Gauge, view: EgressView) => void;
  }) =>
    new Gauge({
      name: `chrootcamp_egress_${options.name}`,
      help: options.help,
      labelNames: options.labels,
      registers: [registry],
      async collect() {
        const view = await look();
        this.reset();
        options.fill(this, view);
      },
    });
  gauge({
    name: 'bytes',
    help: 'To (in) and from (out) machines, by package source',
    labels: ['host', 'direction'],
    fill: (one, { hosts }) => hosts.forEach(({ host, ...counts }) => setBoth(one, { host }, counts)),
  });
  gauge({
    name: 'connections',
    help: 'Connections that have ended, by package source',
    labels: ['host'],
    fill: (one, { hosts }) => hosts.forEach(({ host, connections }) => one.set({ host }, connections)),
  });
  gauge({
    name: 'sandbox_bytes',
    help: 'To (in) and from (out) one machine that runs',
    labels: ['sandbox', 'direction'],
    fill: (one, { sandboxes }) =>
      sandboxes.forEach(({ id: sandbox, ...counts }) => setBoth(one, { sandbox }, counts)),
  });
  gauge({
    name: 'sandbox_refusals',
    help: 'What the egress proxy refused one machine that runs',
    labels: ['sandbox'],
    fill: (one, { sandboxes }) => sandboxes.forEach(({ id, refusals }) => one.set({ sandbox: id }, refusals)),
  });
}

function setBoth(gauge: Gauge, labels: Record<string, string>, { bytesIn, bytesOut }: EgressCounts): void {
  gauge.set({ ...labels, direction: 'in' }, bytesIn);
  gauge.set({ ...labels, direction: 'out' }, bytesOut);
}
