/** What the elements of one lesson page share. */
import { say } from '../page/say.ts';
import { Machine } from '../machine/machine.ts';
import { Signal } from '../page/signal.ts';
import type { ActiveShell } from '../terminal/active-shell.ts';
import { LessonFeed } from './lesson-feed.ts';

/** `before-docker/chroot`; empty where the page is no lesson. */
const lessonId = document.querySelector<HTMLElement>('camp-lesson')?.dataset.lesson ?? '';
const machine = new Machine();

export const lessonPage = {
  lessonId,
  machine,
  feed: new LessonFeed(lessonId, machine),
  /** The terminal that Run buttons type into, or why there is none. */
  activeShell: new Signal<ActiveShell>({ ready: false, reason: say`Your machine is still starting.` }),
};
