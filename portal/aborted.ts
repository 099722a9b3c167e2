/** Given up by a signal of our own, since this portal ends or who asked has gone: no fault, and nobody is left to be told. */
export function isAborted(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
