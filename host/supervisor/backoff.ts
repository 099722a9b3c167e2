const firstMs = 1_000;
const longestMs = 30_000;
/** A process that ran this long was well: its next failure is a first one again. */
export const steadyAfterMs = 60_000;

/** How long to wait before the nth restart in a row: 1, 2, 4, 8, 16, 30, 30 seconds. */
export function backoffMs(failures: number): number {
  return Math.min(firstMs * 2 ** Math.max(0, failures - 1), longestMs);
}
