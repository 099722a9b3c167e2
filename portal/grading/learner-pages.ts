import type { LessonEvent } from '../../protocol/portal-api.ts';
import type { LessonPage } from './lesson-watch.ts';

/** The open pages of each learner, whatever lesson they show. */
export class LearnerPages {
  readonly #pages = new Map<string, Set<LessonPage>>();

  add(learnerId: string, page: LessonPage): void {
    const pages = this.#pages.get(learnerId) ?? new Set();
    this.#pages.set(learnerId, pages.add(page));
  }

  /** Returns whether it was the learner's last one. */
  remove(learnerId: string, page: LessonPage): boolean {
    const pages = this.#pages.get(learnerId);
    pages?.delete(page);
    if (pages?.size !== 0) return false;
    return this.#pages.delete(learnerId);
  }

  tell(learnerId: string, event: LessonEvent): void {
    for (const page of this.#pages.get(learnerId) ?? []) page.send(event);
  }
}
