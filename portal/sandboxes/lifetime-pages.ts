import { LearnerPages } from '../grading/learner-pages.ts';
import type { LessonPage } from '../grading/lesson-watch.ts';
import type { PageCompanion } from '../grading/page-companion.ts';
import type { Lifetimes } from './lifetimes.ts';

/** Tells pages how much time their machine has, and what became of it. */
export class LifetimePages implements PageCompanion {
  readonly #lifetimes: Lifetimes;
  readonly #pages = new LearnerPages();

  constructor(lifetimes: Lifetimes) {
    this.#lifetimes = lifetimes;
    lifetimes.onState((learnerId, data) => this.#pages.tell(learnerId, { event: 'lifetime', data }));
  }

  open(learnerId: string, page: LessonPage): () => void {
    this.#pages.add(learnerId, page);
    page.send({ event: 'lifetime', data: this.#lifetimes.state(learnerId) });
    return () => this.#pages.remove(learnerId, page);
  }
}
