/** Tells a learner's pages, whatever device they are on, that another one opened, named or closed a terminal. */
import { LearnerPages } from '../grading/learner-pages.ts';
import type { LessonPage } from '../grading/lesson-watch.ts';
import type { PageCompanion } from '../grading/page-companion.ts';
import type { TerminalsRevision } from '../../protocol/portal-api.ts';

export class TerminalPages implements PageCompanion {
  readonly #pages = new LearnerPages();
  readonly #changes = new Map<string, number>();
  /** A portal started anew counts anew, and what changed meanwhile it does not know. */
  readonly #era = Date.now();

  open(learnerId: string, page: LessonPage): () => void {
    this.#pages.add(learnerId, page);
    page.send({ event: 'terminals', data: this.#revision(learnerId) });
    return () => this.#pages.remove(learnerId, page);
  }

  onChange(learnerId: string): void {
    this.#changes.set(learnerId, (this.#changes.get(learnerId) ?? 0) + 1);
    this.#pages.tell(learnerId, { event: 'terminals', data: this.#revision(learnerId) });
  }

  #revision(learnerId: string): TerminalsRevision {
    return { revision: `${this.#era}.${this.#changes.get(learnerId) ?? 0}` };
  }
}
