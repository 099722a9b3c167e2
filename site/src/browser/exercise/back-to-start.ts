import { say, sayKnown } from '../page/say.ts';
import type { ExerciseStart } from '../../../../protocol/portal-api.ts';
import { lessonPage } from '../lesson/lesson-context.ts';
import { announce } from '../page/announcer.ts';
import { showDialog } from '../page/dialog.ts';
import { makeElement } from '../page/element.ts';
import { sayMoment } from '../page/moment.ts';

export interface BackToStartOptions {
  button: HTMLButtonElement;
  /** Where it is said why there is no start to go back to. */
  noStart: HTMLElement;
  exerciseId: string;
}

/** "Back to the start": shown once the start of the exercise is kept. */
export function followStart({ button, noStart, exerciseId }: BackToStartOptions): void {
  const { feed, machine } = lessonPage;
  const start = feed.start(exerciseId);
  const show = (): void => {
    button.hidden = start.value?.takenAt == null;
    button.disabled = machine.task.value !== null || !machine.isRunning;
    noStart.hidden = start.value?.fault === undefined || !button.hidden;
    noStart.textContent = noStart.hidden ? '' : sayKnown(start.value?.fault ?? '');
  };
  start.watch(show);
  machine.task.watch(show);
  machine.state.watch(show);
  button.addEventListener('click', () => void goBack(exerciseId, start.value));
}

async function goBack(exerciseId: string, start: ExerciseStart | null): Promise<void> {
  if (start?.takenAt == null) return;
  const moment = sayMoment(start.takenAt, new Date());
  const confirmed = await showDialog({
    title: say`Back to the start of this exercise?`,
    content: [
      makeElement('p', {}, say`Your machine becomes what it was ${moment}. What came after goes with it:`),
      makeElement(
        'ul',
        {},
        makeElement('li', {}, say`files you made or changed since, your home directory included`),
        makeElement('li', {}, say`containers, images, volumes and networks made since`),
        makeElement('li', {}, say`your work on later exercises`),
        makeElement('li', {}, say`your terminals, and what runs in them`),
      ),
      makeElement(
        'p',
        {},
        say`Work done before stays. Containers that ran then are started again, except those made with `,
        makeElement('code', {}, '--rm'),
        say`. Exercises you have earned stay earned.`,
      ),
    ],
    confirm: say`Go back`,
    danger: true,
  });
  if (!confirmed) return;
  const news = await lessonPage.machine.goBack(exerciseId, moment);
  if (news !== null) announce(news);
}
