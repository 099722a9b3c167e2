import { say } from '../page/say.ts';
import { makeElement } from '../page/element.ts';
import { lessonPage } from './lesson-context.ts';

interface ExerciseLink {
  id: string;
  title: string;
  /** Of its heading on this page. */
  href: string;
}

/** `<camp-lesson-end data-exercises>`: before the way on, what is still open in this lesson, or that nothing is. */
export class LessonEnd extends HTMLElement {
  readonly #exercises = JSON.parse(this.dataset.exercises ?? '[]') as ExerciseLink[];

  connectedCallback(): void {
    for (const { id } of this.#exercises) lessonPage.feed.exercise(id).watch(() => this.#show());
  }

  #show(): void {
    const states = this.#exercises.map(({ id }) => lessonPage.feed.exercise(id).value);
    if (states.includes(null)) return;
    const open = this.#exercises.filter((_, index) => states[index]?.earnedAt === null);
    this.toggleAttribute('data-done', open.length === 0);
    const line = this.querySelector('[data-part="left"]');
    if (!line) return;
    line.replaceChildren(...(open.length === 0 ? [this.#praise()] : listOpen(open)));
  }

  #praise(): string {
    const { length } = this.#exercises;
    return length === 1
      ? say`The exercise of this lesson is earned.`
      : say`All ${length} exercises of this lesson are earned.`;
  }
}

function listOpen(open: readonly ExerciseLink[]): (string | HTMLElement)[] {
  const links = open.flatMap(({ title, href }, index) => [
    index === 0 ? '' : ' · ',
    makeElement('a', { attributes: { href } }, title),
  ]);
  return [say`Still to earn here: `, ...links];
}
