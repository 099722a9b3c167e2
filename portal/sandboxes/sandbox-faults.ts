/** Answers of the sandbox-server that are no faults but facts: what to do next follows from them. */
import { CodedError } from '../../protocol/errors.ts';

/** There is no room for another machine now. */
export function isFull(error: unknown): boolean {
  return error instanceof CodedError && error.code === 'SANDBOX_FULL';
}

/** There is no such machine any more. */
export function isGone(error: unknown): boolean {
  return error instanceof CodedError && error.code === 'SANDBOX_GONE';
}
