const units = [
  ['d', 86_400],
  ['h', 3_600],
  ['min', 60],
  ['s', 1],
] as const;

/** The two largest units: `2 d 3 h`, `5 min 10 s`; `0 s` for less. */
export function durationText(durationMs: number): string {
  let seconds = Math.max(0, Math.floor(durationMs / 1000));
  const first = units.findIndex(([, size]) => seconds >= size);
  if (first < 0) return '0 s';
  const parts = units.slice(first, first + 2).map(([unit, size]) => {
    const count = Math.floor(seconds / size);
    seconds %= size;
    return count === 0 ? '' : `${count} ${unit}`;
  });
  return parts.filter((part) => part !== '').join(' ');
}
