import type { closeCodes, CloseCode } from '../../../../protocol/close-codes.ts';

export type CloseName = (typeof closeCodes)[CloseCode]['name'];

export type ConnectionStatus =
  | { kind: 'connecting' }
  | { kind: 'live'; latencyMs: number | null }
  /** Will try again by itself. */
  | { kind: 'waiting'; retryAtMs: number; unreachable: boolean }
  /** The page is hidden: tries again when it is seen. */
  | { kind: 'paused' }
  /** The shell ended. */
  | { kind: 'exited'; code: number | null; signal: string | null }
  /** Trying again by itself makes no sense. */
  | { kind: 'closed'; reason: CloseName };

/** Green, yellow, red: where typing feels immediate, noticeable, slow. */
export function gradeLatency(latencyMs: number): 'good' | 'fair' | 'poor' {
  if (latencyMs < 80) return 'good';
  return latencyMs < 300 ? 'fair' : 'poor';
}

/** The line under the terminal. */
export function describeStatus(status: ConnectionStatus, nowMs: number): string {
  switch (status.kind) {
    case 'connecting':
      return 'Connecting …';
    case 'live':
      return 'Connected';
    case 'paused':
      return 'Paused while this page is hidden';
    case 'waiting': {
      const seconds = Math.max(0, Math.ceil((status.retryAtMs - nowMs) / 1000));
      const when = seconds === 0 ? 'now' : `in ${seconds} s`;
      return status.unreachable
        ? `The course cannot be reached. Trying again ${when}; your shell goes on without you.`
        : `Connection lost. Reconnecting ${when}; your shell goes on without you.`;
    }
    case 'exited':
      if (status.signal !== null) return `Shell ended by signal ${status.signal}`;
      return status.code === null || status.code === 0
        ? 'Shell ended'
        : `Shell ended with exit code ${status.code}`;
    case 'closed':
      return closedTexts[status.reason];
  }
}

const closedTexts: Record<CloseName, string> = {
  'bad-message': 'This page and the course do not understand each other. Reload the page.',
  unauthenticated: 'This browser has no session here any more. Reload the page.',
  forbidden: 'This terminal belongs to someone else.',
  gone: 'This shell has ended. Your files and containers are as they were.',
  'ping-timeout': 'The connection went silent.',
  'taken-over': 'This terminal is open in another window.',
  expired: 'The time of this terminal is over.',
  'too-many': 'You have more terminals open than the course allows. Close one in another window.',
  'server-error': 'Something broke on our side.',
  'upstream-lost': 'The part that runs machines is restarting.',
};
