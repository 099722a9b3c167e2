import { CodedError } from '../../../protocol/errors.ts';

/** Processes that survive SIGKILL: the kernel waits, inside a call of theirs, for a disk or a server that does not answer. */
export function stuckError(hostPids: readonly number[]): CodedError {
  const shown = hostPids.slice(0, 5).join(', ');
  const found = `${hostPids.length} processes survive SIGKILL (${shown})`;
  return new CodedError('SANDBOX_STUCK', `${found}; see /proc/PID/stack of this host for what they wait for`);
}
