import { say } from '../page/say.ts';
import { askLearner } from './learner.ts';

/** `<camp-trail>`: marks on the course's map what has been earned, exercise by exercise. */
export class Trail extends HTMLElement {
  async connectedCallback(): Promise<void> {
    const me = await askLearner();
    if (!me) return;
    const earned = new Set(
      me.progress.filter(({ earnedAt }) => earnedAt !== null).map(({ exerciseId }) => exerciseId),
    );
    for (const pip of this.querySelectorAll<HTMLElement>('[data-exercise]')) {
      pip.toggleAttribute('data-earned', earned.has(pip.dataset.exercise ?? ''));
    }
    for (const camp of this.querySelectorAll<HTMLElement>('[data-module]')) this.#markCamp(camp, earned);
  }

  #markCamp(camp: HTMLElement, earned: ReadonlySet<string>): void {
    let all = 0;
    let done = 0;
    for (const stop of camp.querySelectorAll<HTMLElement>('[data-lesson]')) {
      const ids = stop.dataset.exercises?.split(' ').filter(Boolean) ?? [];
      const count = ids.filter((id) => earned.has(id)).length;
      all += ids.length;
      done += count;
      if (count === 0) continue;
      if (count === ids.length) stop.dataset.state = 'done';
      writePart(stop, 'lesson-progress', say`${count} of ${ids.length} earned`);
    }
    if (done === 0) return;
    if (done === all) camp.dataset.state = 'done';
    writePart(camp, 'module-progress', say`${done} of ${all} exercises earned`);
  }
}

function writePart(element: HTMLElement, part: string, text: string): void {
  const target = element.querySelector(`[data-part="${part}"]`);
  if (target) target.textContent = text;
}
