import type { FastifyInstance } from 'fastify';
import { openTerminalRequestSchema } from '../../../protocol/portal-api.ts';
import type { LearnerSession } from '../../learners/learner-session.ts';
import type { LearnerTerminals } from '../../terminals/learner-terminals.ts';
import { parseBody } from '../body.ts';

export interface TerminalRoutesOptions {
  session: LearnerSession;
  terminals: LearnerTerminals;
}

export function addTerminalRoutes(app: FastifyInstance, { session, terminals }: TerminalRoutesOptions): void {
  app.get('/api/terminals', async (request) => {
    return { terminals: await terminals.list(session.require(request).id) };
  });

  app.post('/api/terminals', async (request, reply) => {
    const learner = session.require(request);
    const size = parseBody(openTerminalRequestSchema, request.body);
    return reply.code(201).send(await terminals.open(learner.id, size));
  });

  app.delete<{ Params: { id: string } }>('/api/terminals/:id', async (request, reply) => {
    await terminals.close(session.require(request).id, request.params.id);
    return reply.code(204).send();
  });
}
