import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

/** What `GET /metrics` says, beside Node's own figures. */
export class Metrics {
  readonly registry = new Registry();
  readonly httpSeconds = new Histogram({
    name: 'chrootcamp_http_request_duration_seconds',
    help: 'From the request to the end of its answer, event streams left out',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10],
    registers: [this.registry],
  });
  readonly gradingSeconds = new Histogram({
    name: 'chrootcamp_grading_duration_seconds',
    help: 'One exercise looked at, its set-up script included',
    buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 5],
    registers: [this.registry],
  });
  readonly terminalCloses = new Counter({
    name: 'chrootcamp_terminal_socket_closes_total',
    help: 'Terminal sockets closed, by WebSocket close code',
    labelNames: ['code'],
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  /** A figure read when it is asked for. */
  gauge(name: string, help: string, read: () => number): void {
    new Gauge({
      name,
      help,
      registers: [this.registry],
      collect() {
        this.set(read());
      },
    });
  }
}
