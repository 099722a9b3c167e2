import { constants } from 'node:os';

/** What the command's exit status means. `sandbox run` has its command's own instead, as `timeout` and `ssh` do. */
export const exitCodes = {
  ok: 0,
  failed: 1,
  usage: 2,
  notRunning: 3,
  timedOut: 124,
  interrupted: 130,
} as const;

/** As a shell reports a process that was ended by this signal: 128 and its number. */
export function codeOfSignal(signal: string): number {
  return 128 + ((constants.signals as Record<string, number>)[signal] ?? 0);
}
