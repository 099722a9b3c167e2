import type { FastifyInstance } from 'fastify';
import type { LearnerSession } from '../../learners/learner-session.ts';
import type { LearnerSandboxes } from '../../sandboxes/learner-sandboxes.ts';

export interface SandboxRoutesOptions {
  session: LearnerSession;
  sandboxes: LearnerSandboxes;
}

export function addSandboxRoutes(app: FastifyInstance, { session, sandboxes }: SandboxRoutesOptions): void {
  app.post('/api/sandbox', (request) => sandboxes.ensure(session.require(request).id));
  app.post('/api/sandbox/reset', (request) => sandboxes.reset(session.require(request).id));
  app.post('/api/sandbox/docker/start', (request) => sandboxes.startDocker(session.require(request).id));
}
