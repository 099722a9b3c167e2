import type { PoolView } from '../protocol/sandbox-api.ts';

/** `2 of 3 machines stand ready, 1 is being made.` and why there are fewer, where that is not just time. */
export function poolWords({ size, ready, making, reason }: PoolView): string {
  const machines = size === 1 ? 'machine stands' : 'machines stand';
  const next = making > 0 ? `, ${making} is being made` : '';
  const why = reason === undefined ? '' : `\nNo more are made: ${reason}.`;
  return `${ready} of ${size} ${machines} ready${next}.${why}\n`;
}
