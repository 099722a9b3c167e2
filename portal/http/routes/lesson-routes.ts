import type { FastifyInstance } from 'fastify';
import type { Lessons } from '../../grading/lessons.ts';
import type { Watches } from '../../grading/watches.ts';
import type { LearnerSession } from '../../learners/learner-session.ts';
import { EventStream } from '../event-stream.ts';

export interface LessonRoutesOptions {
  session: LearnerSession;
  lessons: Lessons;
  watches: Watches;
  /** Those that are open, so that they can be ended with the portal. */
  streams: Set<EventStream>;
}

interface LessonParams {
  Params: { module: string; lesson: string };
}

export function addLessonRoutes(app: FastifyInstance, options: LessonRoutesOptions): void {
  const { session, lessons, watches, streams } = options;

  app.get<LessonParams>('/api/lessons/:module/:lesson/events', async (request, reply) => {
    const learner = session.require(request);
    const lesson = lessons.lesson(`${request.params.module}/${request.params.lesson}`);
    await watches.open(learner.id, lesson, (onClose) => {
      const stream: EventStream = new EventStream(reply, () => {
        streams.delete(stream);
        onClose();
      });
      streams.add(stream);
      return stream;
    });
  });
}
