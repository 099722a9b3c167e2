import { pageLocale } from './say.ts';

/** `1.2`, on a German page `1,2`. English pages write English numbers, whatever the reader's own language is. */
export function writeTenths(value: number): string {
  return value.toLocaleString(pageLocale ?? 'en', { minimumFractionDigits: 1, maximumFractionDigits: 1 });
}
