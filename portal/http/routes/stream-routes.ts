/** Terminals without a socket (`protocol/stream.ts`). */
import type { FastifyInstance, onErrorHookHandler } from 'fastify';
import { streamBatchSchema, streamQuerySchema } from '../../../protocol/stream.ts';
import type { LearnerSession } from '../../learners/learner-session.ts';
import type { StreamConnections } from '../../terminals/stream-connections.ts';
import { parseBody } from '../body.ts';
import { SharedAnswer } from '../shared-answer.ts';

export interface StreamRoutesOptions {
  session: LearnerSession;
  connections: StreamConnections;
}

interface ConnectionParams {
  Params: { id: string; connection: string };
}

const path = '/api/terminals/:id/connections/:connection';
/** JSON around 32 KiB of input in base64, and acknowledgements beside it. */
const maxBatchBodyBytes = 128 * 1024;

/** Of what no page of ours sends there is a line, as of a socket that is closed for it. */
const onError: onErrorHookHandler = (request, _reply, error, done) => {
  const { id } = request.params as { id?: string };
  request.log.info({ code: error.code, terminalId: id }, 'a terminal connection was refused');
  done();
};

export function addStreamRoutes(app: FastifyInstance, options: StreamRoutesOptions): void {
  const { session, connections } = options;

  app.post<{ Params: { id: string } }>(
    '/api/terminals/:id/connections',
    { onError },
    async (request, reply) => {
      const learner = session.require(request);
      return reply.code(201).send({ connection: await connections.open(learner.id, request.params.id) });
    },
  );

  app.get('/api/connections', { onError }, async (request, reply) => {
    const learner = session.require(request);
    const { of, wait } = parseBody(streamQuerySchema, request.query);
    const answer = new SharedAnswer(reply, wait);
    answer.carry(
      of.map(({ connection, after }) => ({ channel: connections.findOwn(learner.id, connection), after })),
    );
    return reply;
  });

  app.post<ConnectionParams>(path, { bodyLimit: maxBatchBodyBytes, onError }, async (request, reply) => {
    const { id, connection } = request.params;
    const channel = connections.find(session.require(request).id, id, connection);
    await channel.receive(parseBody(streamBatchSchema, request.body));
    return reply.code(204).send();
  });

  app.delete<ConnectionParams>(path, { onError }, async (request, reply) => {
    const { id, connection } = request.params;
    connections.find(session.require(request).id, id, connection).drop();
    return reply.code(204).send();
  });
}
