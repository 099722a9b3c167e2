import { say } from '../page/say.ts';
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
      return say`Connecting …`;
    case 'live':
      return say`Connected`;
    case 'paused':
      return say`Paused while this page is hidden`;
    case 'waiting': {
      const seconds = Math.max(0, Math.ceil((status.retryAtMs - nowMs) / 1000));
      const when = seconds === 0 ? say`now` : say`in ${seconds} s`;
      return status.unreachable
        ? say`The course cannot be reached. Trying again ${when}; your shell goes on without you.`
        : say`Connection lost. Reconnecting ${when}; your shell goes on without you.`;
    }
    case 'exited':
      if (status.signal !== null) return say`Shell ended by signal ${status.signal}`;
      return status.code === null || status.code === 0
        ? say`Shell ended`
        : say`Shell ended with exit code ${status.code}`;
    case 'closed':
      return closedTexts[status.reason];
  }
}

const closedTexts: Record<CloseName, string> = {
  'bad-message': say`This page and the course do not understand each other. Reload the page.`,
  unauthenticated: say`This browser has no session here any more. Reload the page.`,
  forbidden: say`This terminal belongs to someone else.`,
  gone: say`This shell has ended. Your files and containers are as they were.`,
  'ping-timeout': say`The connection went silent.`,
  'taken-over': say`This terminal is open in another window.`,
  expired: say`The time of this terminal is over.`,
  'too-many': say`You have more terminals open than the course allows. Close one in another window.`,
  'server-error': say`Something broke on our side.`,
  'upstream-lost': say`The part that runs machines is restarting.`,
};
