/** Why the egress proxy does not carry something, as a learner's tool is told. */
import type { EgressLimits, ReachedLimit } from './account.ts';

export type RefusalReason = ReachedLimit | 'host' | 'inward' | 'unresolved' | 'unreachable' | 'malformed';

export function isLimit(reason: RefusalReason): reason is ReachedLimit {
  return refusalStatus[reason] === 429;
}

export class EgressRefusal extends Error {
  readonly reason: RefusalReason;

  /** `message`: a sentence for the learner. */
  constructor(reason: RefusalReason, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'EgressRefusal';
    this.reason = reason;
  }
}

export const refusalStatus: Record<RefusalReason, number> = {
  bytesPerMinute: 429,
  connections: 429,
  connectionsPerMinute: 429,
  host: 403,
  inward: 403,
  unresolved: 502,
  unreachable: 502,
  malformed: 400,
};

/** TLS alerts (RFC 8446, 6.2): the nearest to a reason that a tool shows its user. */
export const refusalAlert: Record<RefusalReason, number> = {
  bytesPerMinute: 49,
  connections: 49,
  connectionsPerMinute: 49,
  host: 112,
  inward: 49,
  unresolved: 112,
  unreachable: 80,
  malformed: 50,
};

function sizeWords(bytes: number): string {
  return bytes < 1024 ** 2 ? `${Math.round(bytes / 1024)} KiB` : `${Math.round(bytes / 1024 ** 2)} MiB`;
}

export function limitRefusal(limit: ReachedLimit, limits: EgressLimits, seconds: number): EgressRefusal {
  const most = {
    bytesPerMinute: `${sizeWords(limits.bytesPerMinute)} a minute to and from package sources`,
    connections: `${limits.connections} connections to package sources at once`,
    connectionsPerMinute: `${limits.connectionsPerMinute} connections a minute to package sources`,
  }[limit];
  const wait = seconds === 1 ? 'Try again in a second.' : `Try again in ${seconds} seconds.`;
  return new EgressRefusal(limit, `This machine may have ${most}, and that is used up. ${wait}`);
}
