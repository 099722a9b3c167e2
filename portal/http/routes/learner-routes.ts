import type { FastifyInstance } from 'fastify';
import type { Me } from '../../../protocol/portal-api.ts';
import type { LearnerSession } from '../../learners/learner-session.ts';
import type { LearnerSandboxes } from '../../sandboxes/learner-sandboxes.ts';
import type { ProgressStore } from '../../store/progress.ts';

export interface LearnerRoutesOptions {
  session: LearnerSession;
  sandboxes: LearnerSandboxes;
  progress: ProgressStore;
}

export function addLearnerRoutes(
  app: FastifyInstance,
  { session, sandboxes, progress }: LearnerRoutesOptions,
): void {
  app.get('/api/me', async (request, reply): Promise<Me> => {
    const { learner, setCookie } = session.findOrCreate(request);
    void reply.header('set-cookie', setCookie);
    return {
      learnerId: learner.id,
      progress: progress.list(learner.id),
      sandbox: await sandboxes.state(learner.id),
    };
  });
}
