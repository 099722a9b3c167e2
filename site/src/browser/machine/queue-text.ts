import { say } from '../page/say.ts';
import type { QueuePlace } from '../../../../protocol/portal-api.ts';

/** What a learner reads while all machines are taken. */
export function describeQueue({ place, waiting, estimateMinutes }: QueuePlace): {
  title: string;
  text: string;
} {
  const title = place === 1 ? say`You are next` : say`You are number ${place} in the queue`;
  const behind = waiting - place;
  const others =
    behind === 0 ? '' : behind === 1 ? say` One learner waits behind you.` : say` ${behind} wait behind you.`;
  const text = say`All machines are taken at the moment.${others} Yours starts by itself, ${sayWait(estimateMinutes)}. Keep this page open.`;
  return { title, text };
}

function sayWait(minutes: number | null): string {
  if (minutes === null) return say`as soon as one is free; how long that takes cannot be said yet`;
  if (minutes > 60) return say`probably in more than an hour`;
  return minutes === 1 ? say`probably within a minute` : say`probably in about ${minutes} minutes`;
}
