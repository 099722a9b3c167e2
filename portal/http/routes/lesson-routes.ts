import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { languageCodeSchema } from '../../../protocol/language.ts';
import { lessonFeed } from '../../../protocol/lesson-feed.ts';
import type { Lessons } from '../../grading/lessons.ts';
import type { Watches } from '../../grading/watches.ts';
import type { LearnerSession } from '../../learners/learner-session.ts';
import { parseBody } from '../body.ts';
import { EventStream } from '../event-stream.ts';

export interface LessonRoutesOptions {
  session: LearnerSession;
  lessons: Lessons;
  watches: Watches;
  /** Those that are open, so that they can be ended with the portal. */
  streams: Set<EventStream>;
  /** The portal ends. */
  stopping: AbortSignal;
}

const querySchema = z.strictObject({
  wait: z.literal('poll').optional(),
  /** Of the page; one that is none is English. */
  language: languageCodeSchema.catch('').default(''),
});

interface LessonParams {
  Params: { module: string; lesson: string };
}

export function addLessonRoutes(app: FastifyInstance, options: LessonRoutesOptions): void {
  const { session, lessons, watches, streams, stopping } = options;
  const lingering = new LingeringPages();
  app.addHook('onClose', () => lingering[Symbol.dispose]());

  app.get<LessonParams>('/api/lessons/:module/:lesson/events', async (request, reply) => {
    const learner = session.require(request);
    const { wait, language } = parseBody(querySchema, request.query);
    const isBrief = wait === 'poll';
    const lesson = lessons.lesson(`${request.params.module}/${request.params.lesson}`);
    let opened: EventStream | undefined;
    await watches.open(learner.id, { lesson, language }, (onClose) => {
      const stream: EventStream = new EventStream(reply, () => {
        streams.delete(stream);
        if (isBrief) lingering.add(`${learner.id} ${lesson.id}`, onClose);
        else onClose();
      });
      streams.add(stream);
      opened = stream;
      // Those that were open before have been ended by now.
      if (stopping.aborted) stream.close();
      return stream;
    });
    if (isBrief) opened?.endWithNext(lessonFeed.pollMs);
  });
}

/** Pages between two of their brief answers: what is watched for them goes on being watched. */
class LingeringPages implements Disposable {
  readonly #pages = new Map<string, { timer: NodeJS.Timeout; leave: () => void }>();

  /** `leave` is called when the time is over, or when the next answer to such a page has ended. */
  add(page: string, leave: () => void): void {
    this.#release(page);
    const timer = setTimeout(() => this.#release(page), lessonFeed.lingerMs);
    this.#pages.set(page, { timer, leave });
  }

  [Symbol.dispose](): void {
    for (const page of this.#pages.keys()) this.#release(page);
  }

  #release(page: string): void {
    const found = this.#pages.get(page);
    if (!found) return;
    clearTimeout(found.timer);
    this.#pages.delete(page);
    found.leave();
  }
}
