import type { FastifyInstance } from 'fastify';
import type { Results } from '../../../protocol/results.ts';
import type { Lessons } from '../../grading/lessons.ts';
import type { LearnerSession } from '../../learners/learner-session.ts';
import { resultsCsv } from '../../results/results-csv.ts';
import { resultsOf } from '../../results/results.ts';
import type { Store } from '../../store/store.ts';

export interface ResultRoutesOptions {
  session: LearnerSession;
  lessons: Lessons;
  store: Store;
}

/** A learner's own results: to look at, and to take along. */
export function addResultRoutes(
  app: FastifyInstance,
  { session, lessons, store }: ResultRoutesOptions,
): void {
  function resultsFor(learnerId: string): Results {
    const progress = store.progress.list(learnerId);
    return resultsOf({ learnerId, items: lessons.exercises(), progress, now: new Date() });
  }

  app.get('/api/results', async (request) => resultsFor(session.require(request).id));

  app.get('/api/results.json', async (request, reply) => {
    const results = resultsFor(session.require(request).id);
    void reply.header('content-disposition', 'attachment; filename="chrootcamp-results.json"');
    return results;
  });

  app.get('/api/results.csv', async (request, reply) => {
    const results = resultsFor(session.require(request).id);
    void reply.header('content-disposition', 'attachment; filename="chrootcamp-results.csv"');
    void reply.type('text/csv; charset=utf-8');
    return resultsCsv([results]);
  });
}
