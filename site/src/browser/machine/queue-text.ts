import { say } from '../page/say.ts';
import type { QueuePlace, Shortage } from '../../../../protocol/portal-api.ts';

/** What a learner reads while there is no machine for them: why, their place, and how it goes on. */
export function describeQueue(queue: QueuePlace): { title: string; text: string } {
  return queue.shortage === 'machines' ? whileTaken(queue) : whileShort(queue, queue.shortage);
}

function whileTaken({ place, waiting, estimateMinutes, hasDisk }: QueuePlace): {
  title: string;
  text: string;
} {
  const title = place === 1 ? say`You are next` : say`You are number ${place} in the queue`;
  const behind = waiting - place;
  const others =
    behind === 0 ? '' : behind === 1 ? say` One learner waits behind you.` : say` ${behind} wait behind you.`;
  const kept = hasDisk ? say` Your work is kept.` : '';
  const text = say`All machines are taken at the moment.${others}${kept} Yours starts by itself, ${sayWait(estimateMinutes)}. Keep this page open.`;
  return { title, text };
}

/** The computer is short of something, or of names for machines: nobody of the class holds what this learner waits for. */
function whileShort(
  { place, hasDisk }: QueuePlace,
  shortage: Exclude<Shortage, 'machines'>,
): { title: string; text: string } {
  const { title, onward } = sayShortage(shortage);
  const kept = hasDisk ? say`Your work is kept: files, images and volumes. ` : '';
  const turn = place === 1 ? say`You are next.` : say`You are number ${place} in the queue.`;
  return { title, text: `${kept}${turn} ${onward}` };
}

function sayShortage(shortage: Exclude<Shortage, 'machines'>): { title: string; onward: string } {
  if (shortage === 'disk')
    return {
      title: say`This course’s computer has no disk to spare`,
      onward: say`Your machine starts by itself as soon as there is room. Tell whoever runs this course: only they can free some. Keep this page open, or come back later.`,
    };
  if (shortage === 'ids')
    return {
      title: say`This course’s computer keeps as many machines as it can`,
      onward: say`Your machine starts by itself as soon as one that is kept is removed. Tell whoever runs this course: they can remove some. Keep this page open, or come back later.`,
    };
  return {
    title: say`This course’s computer has no memory to spare`,
    onward: say`Your machine starts by itself as soon as there is some, as when another learner’s ends. If it lasts, tell whoever runs this course. Keep this page open.`,
  };
}

function sayWait(minutes: number | null): string {
  if (minutes === null) return say`as soon as one is free; how long that takes cannot be said yet`;
  if (minutes > 60) return say`probably in more than an hour`;
  return minutes === 1 ? say`probably within a minute` : say`probably in about ${minutes} minutes`;
}
