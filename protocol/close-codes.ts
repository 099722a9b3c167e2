/**
 * Why a terminal's socket was closed, on both hops (browser to portal, portal to sandbox-server) and on both transports.
 * `retry` tells the client whether connecting again by itself makes sense. Free of imports: the browser bundle includes it.
 */
export const closeCodes = {
  4400: { name: 'bad-message', retry: false, means: 'The client sent what is not in the protocol.' },
  4401: {
    name: 'unauthenticated',
    retry: false,
    means: 'No learner is known by the cookie, or not any more.',
  },
  4403: { name: 'forbidden', retry: false, means: 'The learner may not have this terminal.' },
  4404: { name: 'gone', retry: false, means: 'There is no such terminal, or it was closed.' },
  4408: { name: 'ping-timeout', retry: true, means: 'The client was silent for too long.' },
  4409: {
    name: 'taken-over',
    retry: false,
    means: 'The same page connected again, or another reader took the terminal.',
  },
  4410: { name: 'expired', retry: false, means: 'The time of the machine is over.' },
  4429: { name: 'too-many', retry: false, means: 'The learner has as many sockets open as there may be.' },
  4500: { name: 'server-error', retry: true, means: 'Something broke; it is in the log.' },
  4503: { name: 'upstream-lost', retry: true, means: 'The sandbox-server cannot be reached.' },
} as const satisfies Record<number, { name: string; retry: boolean; means: string }>;

export type CloseCode = keyof typeof closeCodes;

/**
 * WebSocket's own codes. All but two are faults of the way between (1001, 1005, 1006, 1012 ...), or bytes that were changed
 * on it (1002, 1007): another try may do better. A message too large, or against the policy, would be so again.
 */
const ownFaults: readonly number[] = [1008, 1009];

export function mayRetry(code: number): boolean {
  if (code in closeCodes) return closeCodes[code as CloseCode].retry;
  return !ownFaults.includes(code);
}

/** What to show for a code that may not be retried. */
export function closeName(code: number): (typeof closeCodes)[CloseCode]['name'] {
  return code in closeCodes ? closeCodes[code as CloseCode].name : 'bad-message';
}
