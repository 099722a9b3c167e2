/**
 * Why a terminal's socket was closed, on both hops (browser to portal, portal to sandbox-server). `retry` tells the
 * client whether connecting again by itself makes sense. Free of imports: the browser bundle includes it.
 */
export const closeCodes = {
  4400: { name: 'bad-message', retry: false },
  4401: { name: 'unauthenticated', retry: false },
  4403: { name: 'forbidden', retry: false },
  4404: { name: 'gone', retry: false },
  4408: { name: 'ping-timeout', retry: true },
  4409: { name: 'taken-over', retry: false },
  4410: { name: 'expired', retry: false },
  4429: { name: 'too-many', retry: false },
  4500: { name: 'server-error', retry: true },
  4503: { name: 'upstream-lost', retry: true },
} as const satisfies Record<number, { name: string; retry: boolean }>;

export type CloseCode = keyof typeof closeCodes;

/** Codes that are not in the table (1006, 1001, 1012 ...) are transport faults: retry. */
export function mayRetry(code: number): boolean {
  return code in closeCodes ? closeCodes[code as CloseCode].retry : true;
}
