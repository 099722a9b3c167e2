/** Terminals without a socket (`protocol/stream.ts`). */
import type { FastifyInstance, FastifyReply } from 'fastify';
import { streamBatchSchema, streamLimits, streamQuerySchema } from '../../../protocol/stream.ts';
import type { StreamWait } from '../../../protocol/stream.ts';
import type { LearnerSession } from '../../learners/learner-session.ts';
import type { EventReader, StreamChannel } from '../../terminals/stream-channel.ts';
import type { StreamConnections } from '../../terminals/stream-connections.ts';
import { parseBody } from '../body.ts';

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

export function addStreamRoutes(app: FastifyInstance, options: StreamRoutesOptions): void {
  const { session, connections } = options;

  app.post<{ Params: { id: string } }>('/api/terminals/:id/connections', async (request, reply) => {
    const learner = session.require(request);
    return reply.code(201).send({ connection: await connections.open(learner.id, request.params.id) });
  });

  app.get<ConnectionParams>(path, async (request, reply) => {
    const { id, connection } = request.params;
    const channel = connections.find(session.require(request).id, id, connection);
    const { after, wait } = parseBody(streamQuerySchema, request.query);
    answerWithEvents(reply, channel, { after, wait });
    return reply;
  });

  app.post<ConnectionParams>(path, { bodyLimit: maxBatchBodyBytes }, async (request, reply) => {
    const { id, connection } = request.params;
    const channel = connections.find(session.require(request).id, id, connection);
    await channel.receive(parseBody(streamBatchSchema, request.body));
    return reply.code(204).send();
  });

  app.delete<ConnectionParams>(path, async (request, reply) => {
    const { id, connection } = request.params;
    connections.find(session.require(request).id, id, connection).drop();
    return reply.code(204).send();
  });
}

function answerWithEvents(
  reply: FastifyReply,
  channel: StreamChannel,
  { after, wait }: { after: number; wait: StreamWait },
): void {
  const { raw } = reply;
  const begin = (): void => {
    if (raw.headersSent) return;
    reply.hijack();
    raw.writeHead(200, {
      ...(reply.getHeaders() as Record<string, string>),
      'content-type': 'text/event-stream',
      // Compressing gathers, and so do reverse proxies that are not told.
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    });
  };
  let ended = false;
  const reader: EventReader = {
    write(text) {
      begin();
      raw.write(text);
      // What comes with it in the same turn goes along.
      if (wait !== 'stream') setImmediate(() => reader.end());
    },
    end() {
      if (ended) return;
      ended = true;
      clearInterval(heartbeat);
      clearTimeout(deadline);
      channel.leave(reader);
      begin();
      raw.end();
    },
  };
  let heartbeat: NodeJS.Timeout | undefined;
  let deadline: NodeJS.Timeout | undefined;
  raw.on('error', () => raw.destroy());
  raw.on('close', () => reader.end());
  const hadEvents = channel.read(reader, after);
  if (ended) return;
  if (wait === 'glance' && !hadEvents) return reader.end();
  if (wait === 'poll') deadline = setTimeout(() => reader.end(), streamLimits.pollMs);
  if (wait !== 'stream') return;
  heartbeat = setInterval(() => raw.write(': here\n\n'), streamLimits.heartbeatMs);
  // The head goes out before the first event: by it the browser knows that the way is open.
  begin();
  raw.write(': here\n\n');
}
