/** One connection of a sandbox to one host, as it is charged and reported. */
import type { Socket } from 'node:net';
import type { Account } from './account.ts';
import type { RefusalReason } from './refusal.ts';

export interface FlowReport {
  host: string;
  port: number;
  protocol: 'http' | 'tls';
  /** The address connected to; null where it never came to that. */
  address: string | null;
  /** To the sandbox. */
  bytesIn: number;
  /** From the sandbox. */
  bytesOut: number;
  durationMs: number;
  /** HTTP requests; 1 for a TLS connection. */
  requests: number;
  /** What cut it short. */
  refused: RefusalReason | null;
}

/** How far a connection of a sandbox has been charged for: one may carry several flows, one after the other. */
export interface Charged {
  read: number;
  written: number;
}

export class Flow {
  readonly report: FlowReport;
  readonly #near: Socket;
  readonly #account: Account;
  readonly #charged: Charged;
  readonly #startedAt = performance.now();

  constructor(
    { near, account, charged }: { near: Socket; account: Account; charged: Charged },
    facts: Pick<FlowReport, 'host' | 'port' | 'protocol'>,
  ) {
    this.#near = near;
    this.#account = account;
    this.#charged = charged;
    this.report = {
      ...facts,
      address: null,
      bytesIn: 0,
      bytesOut: 0,
      durationMs: 0,
      requests: 0,
      refused: null,
    };
  }

  /** Charges what went over the wire to the sandbox since the last time. */
  settle(): void {
    const { bytesRead, bytesWritten } = this.#near;
    const [out, into] = [bytesRead - this.#charged.read, bytesWritten - this.#charged.written];
    Object.assign(this.#charged, { read: bytesRead, written: bytesWritten } satisfies Charged);
    this.report.bytesOut += out;
    this.report.bytesIn += into;
    this.#account.spend(out + into);
  }

  end(): FlowReport {
    this.settle();
    this.report.durationMs = Math.round(performance.now() - this.#startedAt);
    return this.report;
  }
}
