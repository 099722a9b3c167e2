import type { FastifyInstance } from 'fastify';
import type { LearnerSession } from '../../learners/learner-session.ts';
import type { Lifetimes } from '../../sandboxes/lifetimes.ts';
import type { LearnerSandboxes } from '../../sandboxes/learner-sandboxes.ts';

export interface SandboxRoutesOptions {
  session: LearnerSession;
  sandboxes: LearnerSandboxes;
  lifetimes: Lifetimes;
}

export function addSandboxRoutes(app: FastifyInstance, options: SandboxRoutesOptions): void {
  const { session, sandboxes, lifetimes } = options;
  app.post('/api/sandbox', (request) => sandboxes.ensure(session.require(request).id));
  app.post('/api/sandbox/reset', (request) => sandboxes.reset(session.require(request).id));
  app.post('/api/sandbox/extend', async (request) => lifetimes.extend(session.require(request).id));
  app.post('/api/sandbox/news/read', async (request) => lifetimes.readNews(session.require(request).id));
  app.post('/api/sandbox/docker/start', (request) => sandboxes.startDocker(session.require(request).id));
}
