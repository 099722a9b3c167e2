import { pageLocale, say } from './say.ts';

/** A moment in the past, as a phrase: `at 10:42`, or `on 3 May at 10:42` where that was another day. */
export function sayMoment(iso: string, now: Date): string {
  const then = new Date(iso);
  const time = then.toLocaleTimeString(pageLocale, { hour: '2-digit', minute: '2-digit' });
  if (then.toDateString() === now.toDateString()) return say`at ${time}`;
  return say`on ${then.toLocaleDateString(pageLocale, { day: 'numeric', month: 'long' })} at ${time}`;
}
