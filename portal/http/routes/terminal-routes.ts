import type { FastifyInstance } from 'fastify';
import {
  openTerminalRequestSchema,
  renameTerminalRequestSchema,
  runRequestSchema,
} from '../../../protocol/terminal-api.ts';
import type { RunAnswer } from '../../../protocol/terminal-api.ts';
import { commandsOf } from '../../grading/lessons.ts';
import type { Lessons } from '../../grading/lessons.ts';
import type { LearnerSession } from '../../learners/learner-session.ts';
import type { LearnerTerminals } from '../../terminals/learner-terminals.ts';
import { parseBody } from '../body.ts';

export interface TerminalRoutesOptions {
  session: LearnerSession;
  terminals: LearnerTerminals;
  lessons: Lessons;
}

interface TerminalParams {
  Params: { id: string };
}

export function addTerminalRoutes(app: FastifyInstance, options: TerminalRoutesOptions): void {
  const { session, terminals, lessons } = options;

  app.get('/api/terminals', async (request) => {
    return { terminals: await terminals.list(session.require(request).id) };
  });

  app.post('/api/terminals', async (request, reply) => {
    const learner = session.require(request);
    const asked = parseBody(openTerminalRequestSchema, request.body);
    return reply.code(201).send(await terminals.open(learner.id, asked));
  });

  app.patch<TerminalParams>('/api/terminals/:id', async (request) => {
    const learner = session.require(request);
    const { name } = parseBody(renameTerminalRequestSchema, request.body);
    return terminals.rename(learner.id, request.params.id, name);
  });

  app.delete<TerminalParams>('/api/terminals/:id', async (request, reply) => {
    await terminals.close(session.require(request).id, request.params.id);
    return reply.code(204).send();
  });

  app.post<TerminalParams>('/api/terminals/:id/run', async (request, reply) => {
    const learner = session.require(request);
    const asked = parseBody(runRequestSchema, request.body);
    const commands = commandsOf(lessons.lesson(asked.lesson), asked);
    const answer: RunAnswer = { lines: await terminals.run(learner.id, request.params.id, commands) };
    return reply.code(202).send(answer);
  });
}
