import type { Socket } from 'node:net';

/** What one says the other gets, and neither outlives the other. */
export function joinSockets(near: Socket, far: Socket): void {
  for (const [one, other] of [
    [near, far],
    [far, near],
  ] as const) {
    one.on('error', () => other.destroy());
    one.on('close', () => other.destroy());
    one.pipe(other);
  }
}
