import { setTimeout as delay } from 'node:timers/promises';
import type { PoolView } from '../protocol/sandbox-api.ts';

export interface PoolFillingOptions {
  look: () => Promise<PoolView>;
  everyMs?: number;
  signal: AbortSignal;
}

/** The pool as it fills, each time that more stand ready; ends when it is full, or cannot be for the reason it gives. */
export async function* poolFilling({
  look,
  everyMs = 500,
  signal,
}: PoolFillingOptions): AsyncGenerator<PoolView> {
  let shown = -1;
  for (;;) {
    const pool = await look();
    const isOver = pool.ready >= pool.size || pool.reason !== undefined;
    if (pool.ready !== shown || isOver) yield pool;
    if (isOver) return;
    shown = pool.ready;
    await delay(everyMs, undefined, { signal });
  }
}
