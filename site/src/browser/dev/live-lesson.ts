/** The open lesson as its author writes it: its text is put in the place of the old, the terminal beside it stays. */
import type { CourseFault, CourseNews, LessonRendering } from '../../../../protocol/dev-api.ts';
import { explain, send } from '../page/portal.ts';

export interface LiveLessonOptions {
  lessonId: string;
  /** Of a translation's page. */
  language: string | undefined;
  /** Null: there is none, or no more. */
  onFault: (fault: CourseFault | null) => void;
  onShown: () => void;
}

export interface LiveLesson {
  readonly news: CourseNews;
  take(news: CourseNews): void;
}

/** What the lesson needs of the page it was built into: styles of its code, scripts. */
const lasting = 'link[rel="stylesheet"], style, script';

export function followLesson({ lessonId, language, onFault, onShown }: LiveLessonOptions): LiveLesson {
  let news: CourseNews = { revision: 0, faults: [], isStale: false };
  let hash = '';
  let asked = 0;
  let unshown: string | null = null;
  const ask = async (): Promise<void> => {
    const turn = ++asked;
    try {
      const rendering = await send<LessonRendering>(
        'GET',
        `/api/dev/lessons/${lessonId}?after=${hash}${language === undefined ? '' : `&language=${language}`}`,
      );
      if (turn !== asked) return;
      onFault(rendering.fault);
      const isFirst = hash === '';
      hash = rendering.hash;
      unshown = rendering.html ?? unshown;
      // The page was built from the course as it is: nothing to show until it is written on.
      if (unshown === null || (news.revision === 1 && !news.isStale)) return;
      put(unshown);
      unshown = null;
      onShown();
      // What was written before there was anything to compare with may be older than what was written since.
      if (isFirst) void ask();
    } catch (error) {
      if (turn === asked)
        onFault({ file: '', line: null, column: null, message: explain(error), guide: null });
    }
  };
  return {
    get news() {
      return news;
    },
    take(latest) {
      const isWritten = latest.revision !== news.revision || latest.faults.length > 0;
      news = latest;
      onFault(null);
      // Faults of the words alone are no fault of the course, and only the rendering knows them.
      if (isWritten) void ask();
    },
  };
}

function put(html: string): void {
  const old = document.querySelector('main article.prose');
  const template = document.createElement('template');
  template.innerHTML = html;
  const fresh = template.content.querySelector('article');
  if (!old || !fresh) return;
  for (const element of fresh.querySelectorAll(lasting)) element.remove();
  document.head.append(...old.querySelectorAll(lasting));
  old.replaceWith(document.importNode(fresh, true));
}
