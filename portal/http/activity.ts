import type { FastifyInstance } from 'fastify';
import type { LearnerSession } from '../learners/learner-session.ts';

/**
 * Calls `onActive` for what a learner did: opened a page, pressed a button. What pages do by themselves (event streams,
 * state, terminals that connect again) is no sign of life.
 */
export function watchActivity(
  app: FastifyInstance,
  { session, onActive }: { session: LearnerSession; onActive: (learnerId: string) => void },
): void {
  app.addHook('onRequest', (request, _reply, done) => {
    const isDeed = request.method !== 'GET' && request.method !== 'HEAD' && request.url.startsWith('/api/');
    const isVisit = request.method === 'GET' && (request.headers.accept ?? '').includes('text/html');
    const learner = isDeed || isVisit ? session.find(request) : null;
    if (learner) onActive(learner.id);
    done();
  });
}
