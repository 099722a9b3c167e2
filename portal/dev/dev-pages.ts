/** Tells open pages what an author wants to know: how the course is, and what every look asked. */
import type { CourseNews, LookTrace, TracedQuestion } from '../../protocol/dev-api.ts';
import type { LookTracer } from '../grading/examiner.ts';
import type { LessonPage } from '../grading/lesson-watch.ts';
import type { PageCompanion } from '../grading/page-companion.ts';

const maxAnswerChars = 2_000;

export class DevPages implements PageCompanion, LookTracer {
  readonly #pages = new Map<LessonPage, string>();
  readonly #news: () => CourseNews;

  constructor({ news }: { news: () => CourseNews }) {
    this.#news = news;
  }

  open(learnerId: string, page: LessonPage): () => void {
    page.send({ event: 'course', data: this.#news() });
    this.#pages.set(page, learnerId);
    return () => this.#pages.delete(page);
  }

  tell(news: CourseNews): void {
    for (const page of this.#pages.keys()) page.send({ event: 'course', data: news });
  }

  begin(learnerId: string): ReturnType<LookTracer['begin']> {
    const at = new Date().toISOString();
    const startMs = performance.now();
    const questions = new Map<string, TracedQuestion>();
    const answers: Promise<void>[] = [];
    return {
      onAsked: (checkId, question, answer) => {
        const known = questions.get(question);
        if (known !== undefined) {
          if (!known.checks.includes(checkId)) known.checks.push(checkId);
          return;
        }
        const askedMs = performance.now();
        const traced: TracedQuestion = { question, checks: [checkId], ms: 0, answer: '', ok: false };
        questions.set(question, traced);
        const note = async (): Promise<void> => {
          const seen = await answer;
          traced.ms = Math.round((performance.now() - askedMs) * 10) / 10;
          traced.ok = seen.ok;
          traced.answer = seen.ok ? shortened(seen.value) : seen.reason;
        };
        answers.push(note());
      },
      onJudged: ({ exerciseId, verdicts }) => {
        const ms = Math.round(performance.now() - startMs);
        void Promise.all(answers).then(() => {
          this.#send(learnerId, { exerciseId, at, ms, questions: [...questions.values()], verdicts });
        });
      },
    };
  }

  #send(learnerId: string, trace: LookTrace): void {
    for (const [page, owner] of this.#pages) {
      if (owner === learnerId) page.send({ event: 'trace', data: trace });
    }
  }
}

function shortened(value: unknown): string {
  const text = JSON.stringify(value, null, 1) ?? 'nothing';
  return text.length > maxAnswerChars ? `${text.slice(0, maxAnswerChars)}…` : text;
}
