import { say } from '../page/say.ts';
import { recall } from '../page/preference.ts';
import { askLearner } from './learner.ts';
import { suggestLesson, type LessonLink } from './next-lesson.ts';

/** `<camp-continue data-lessons>`: the start button leads to where the learner left. */
export class Continue extends HTMLElement {
  async connectedCallback(): Promise<void> {
    const lessons = JSON.parse(this.dataset.lessons ?? '[]') as LessonLink[];
    const me = await askLearner();
    const suggestion = suggestLesson(lessons, me?.progress ?? [], recall('last-lesson'));
    const start = this.querySelector<HTMLAnchorElement>('[data-part="start"]');
    const facts = this.querySelector('[data-part="facts"]');
    if (!suggestion || suggestion.kind === 'start' || !start || !facts) return;
    const earned = me?.progress.filter(({ earnedAt }) => earnedAt !== null).length ?? 0;
    const all = lessons.flatMap(({ exercises }) => exercises).length;
    start.href = suggestion.lesson.url;
    start.textContent =
      suggestion.kind === 'done' ? say`Walk the trail again` : say`Continue: ${suggestion.lesson.title}`;
    facts.textContent = say`${earned} of ${all} exercises earned`;
    document.querySelector(`[data-lesson="${suggestion.lesson.id}"]`)?.setAttribute('data-state', 'here');
  }
}
