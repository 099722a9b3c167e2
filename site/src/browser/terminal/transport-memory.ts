import type { Transport } from './transport-choice.ts';

// The choice's own list, held to it by its type: a page needs the memory before it needs a terminal.
const known: Record<Transport, true> = { websocket: true, stream: true, poll: true };
const memoryKey = 'camp:transport';
/** Another network, or a mended proxy: after this the socket is tried first again. */
const rememberMs = 10 * 60_000;

export function rememberTransport(transport: Transport): void {
  // The time stays that of the first: else a page that is used all day would never try the socket again.
  if (recallTransport() === transport) return;
  try {
    sessionStorage.setItem(memoryKey, JSON.stringify({ transport, atMs: Date.now() }));
  } catch {
    // Storage is refused: the next page finds out by itself.
  }
}

/** What worked last in this tab; null where that is long ago. */
export function recallTransport(): Transport | null {
  try {
    const { transport, atMs } = JSON.parse(sessionStorage.getItem(memoryKey) ?? '{}') as Partial<{
      transport: Transport;
      atMs: number;
    }>;
    const isFresh = Date.now() - (atMs ?? 0) < rememberMs;
    return isFresh && transport !== undefined && transport in known ? transport : null;
  } catch {
    return null;
  }
}
