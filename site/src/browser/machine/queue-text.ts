import type { QueuePlace } from '../../../../protocol/portal-api.ts';

/** What a learner reads while all machines are taken. */
export function describeQueue({ place, waiting, estimateMinutes }: QueuePlace): {
  title: string;
  text: string;
} {
  const title = place === 1 ? 'You are next' : `You are number ${place} in the queue`;
  const behind = waiting - place;
  const others = behind === 0 ? '' : ` ${behind === 1 ? 'One learner waits' : `${behind} wait`} behind you.`;
  const text = `All machines are taken at the moment.${others} Yours starts by itself, ${sayWait(estimateMinutes)}. Keep this page open.`;
  return { title, text };
}

function sayWait(minutes: number | null): string {
  if (minutes === null) return 'as soon as one is free; how long that takes cannot be said yet';
  if (minutes > 60) return 'probably in more than an hour';
  return minutes === 1 ? 'probably within a minute' : `probably in about ${minutes} minutes`;
}
