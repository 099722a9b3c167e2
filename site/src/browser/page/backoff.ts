const stepsMs = [0, 500, 1_000, 2_000, 4_000, 8_000, 15_000] as const;

/**
 * How long to wait before the next try. At once after the first failure, then longer up to 15 s; between half of the step
 * and all of it at random, so that a class does not come back all at the same moment.
 *
 * @param failures in a row so far, 1 after the first
 * @param random in [0, 1)
 */
export function backoffMs(failures: number, random: number): number {
  const step = stepsMs[Math.min(Math.max(failures, 1), stepsMs.length) - 1] ?? 0;
  return Math.round(step * (0.5 + random / 2));
}
