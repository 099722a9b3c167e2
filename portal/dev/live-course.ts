/** The course while it is written on: read again at every change, the last good reading in force. */
import { watch } from 'node:fs';
import { relative } from 'node:path';
import { loadCourse } from '../../course/load.ts';
import { CourseInvalid, type Problem } from '../../course/problem.ts';
import type { CourseFault, CourseNews } from '../../protocol/dev-api.ts';
import { Lessons } from '../grading/lessons.ts';
import type { Log } from '../log.ts';

export interface LiveCourseOptions {
  contentDir: string;
  log: Log;
  /** A good reading came into force. */
  onLessons: (lessons: Lessons) => void;
  /** Every time, also for faults. */
  onNews: (news: CourseNews) => void;
}

/** Editors write a file in several steps. */
const settleMs = 60;

export class LiveCourse implements Disposable {
  readonly #options: LiveCourseOptions;
  readonly #watcher: ReturnType<typeof watch>;
  #timer: NodeJS.Timeout | undefined;
  #reading: Promise<void> = Promise.resolve();
  #news: CourseNews = { revision: 1, faults: [], isStale: false };

  constructor(options: LiveCourseOptions) {
    this.#options = options;
    this.#watcher = watch(options.contentDir, { recursive: true }, () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => (this.#reading = this.#reading.then(() => this.#read())), settleMs);
    });
    this.#watcher.on('error', (error) => options.log.warn({ err: error }, 'cannot watch the course'));
  }

  get news(): CourseNews {
    return this.#news;
  }

  /** The pages were built from the course as it is now. */
  onSiteBuilt(): void {
    this.#tell({ ...this.#news, isStale: false });
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.#watcher.close();
  }

  async #read(): Promise<void> {
    const { contentDir, log, onLessons } = this.#options;
    const { revision } = this.#news;
    try {
      onLessons(await Lessons.of(await loadCourse(contentDir)));
      this.#tell({ revision: revision + 1, faults: [], isStale: true });
    } catch (error) {
      // A file that went between two looks at a folder; the next change brings the next reading.
      if (!(error instanceof CourseInvalid)) return log.warn({ err: error }, 'cannot read the course');
      const faults = error.problems.map((problem) => faultOf(problem, contentDir));
      this.#tell({ ...this.#news, faults });
    }
  }

  #tell(news: CourseNews): void {
    this.#news = news;
    this.#options.onNews(news);
  }
}

function faultOf({ file, at, message, guide }: Problem, contentDir: string): CourseFault {
  return {
    file: relative(contentDir, file),
    line: at?.line ?? null,
    column: at?.column ?? null,
    message,
    guide: guide ?? null,
  };
}
