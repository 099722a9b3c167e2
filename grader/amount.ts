import { say } from './say.ts';
const units = [
  { word: 'GiB', bytes: 1024 ** 3 },
  { word: 'MiB', bytes: 1024 ** 2 },
  { word: 'KiB', bytes: 1024 },
];

/** Exact, so that what differs by a byte reads differently: "64 MiB", "64000000 bytes (about 61 MiB)". */
export function amountOfBytes(bytes: number): string {
  const whole = units.find((unit) => bytes >= unit.bytes && bytes % unit.bytes === 0);
  if (whole !== undefined) return `${bytes / whole.bytes} ${whole.word}`;
  const near = units.find((unit) => bytes >= unit.bytes);
  return near === undefined
    ? say`${bytes} bytes`
    : say`${bytes} bytes (about ${Math.round(bytes / near.bytes)} ${near.word})`;
}
