import type { LessonPage } from './lesson-watch.ts';

/** Something that open lesson pages are told besides their exercises. */
export interface PageCompanion {
  /** The page is there: it is told what there is, and from then on what changes. Returns what ends that. */
  open(learnerId: string, page: LessonPage): () => void;
}
