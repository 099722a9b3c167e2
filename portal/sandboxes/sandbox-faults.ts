/** Answers of the sandbox-server that are no faults but facts: what to do next follows from them. */
import { CodedError, type ErrorCode } from '../../protocol/errors.ts';
import type { Shortage } from '../../protocol/portal-api.ts';

const shortages: Partial<Record<ErrorCode, Shortage>> = {
  SANDBOX_FULL: 'machines',
  MEMORY_TOO_SMALL: 'memory',
  DISK_TOO_SMALL: 'disk',
  ID_RANGES_TAKEN: 'ids',
};

/** What there is not enough of for another machine now; null for any other fault. */
export function shortageOf(error: unknown): Shortage | null {
  return error instanceof CodedError ? (shortages[error.code] ?? null) : null;
}

/** There is no such machine any more. */
export function isGone(error: unknown): boolean {
  return error instanceof CodedError && error.code === 'SANDBOX_GONE';
}
