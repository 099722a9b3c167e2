/** At 1,440 pixels 44 percent leave the terminal the 94 columns that `docker ps` asks for, and the text a good measure. */
export const splitRange = { min: 25, max: 75, usual: 44 } as const;

/** A position of the split that leaves room on both sides, percent of the width that is the lesson's. */
export function clampSplit(percent: number): number {
  return Math.round(Math.min(splitRange.max, Math.max(splitRange.min, percent)));
}

/** Where a key moves the split to; null for keys that do not. */
export function moveSplit(percent: number, key: string): number | null {
  const targets: Record<string, number> = {
    ArrowLeft: percent - 2,
    ArrowRight: percent + 2,
    PageDown: percent - 10,
    PageUp: percent + 10,
    Home: splitRange.min,
    End: splitRange.max,
    Enter: splitRange.usual,
  };
  const target = targets[key];
  return target === undefined ? null : clampSplit(target);
}
