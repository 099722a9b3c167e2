/** How long somebody in the queue will probably wait: an estimate, said as one. */

export interface WaitingFacts {
  /** From 1. */
  place: number;
  now: number;
  /** When machines were handed out to those who waited, lately; oldest first. */
  servedAt: readonly number[];
  /** When each machine that runs will be stopped if its learner does nothing more. */
  endsAt: readonly number[];
}

/** What happened longer ago says little of now. */
export const lateMs = 30 * 60_000;

/** Whole minutes, at least 1; null where there is nothing to judge by. */
export function estimateMinutes({ place, now, servedAt, endsAt }: WaitingFacts): number | null {
  const late = servedAt.filter((at) => now - at <= lateMs);
  const [first] = late;
  // From pace: so many were served since the first of them.
  const byPace = first !== undefined && late.length > 1 ? ((now - first) / (late.length - 1)) * place : null;
  const byEnd = endsAt.toSorted((a, b) => a - b)[place - 1];
  const waits = [byPace, byEnd === undefined ? null : byEnd - now].filter((ms) => ms !== null);
  if (waits.length === 0) return null;
  return Math.max(1, Math.ceil(Math.min(...waits) / 60_000));
}
