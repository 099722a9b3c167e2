import { writeTenths } from '../page/decimal.ts';

const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** `1.5 GB`: in the units that `docker` and disks are sold in, with two digits that matter. */
export function describeBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  // From 999.5 on it would be written as 1000.
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${value < 9.95 && unit > 0 ? writeTenths(value) : Math.round(value)} ${units[unit]}`;
}
