/** What the network doctor of a page measures with (`protocol/network.ts`). */
import type { FastifyInstance, FastifyReply } from 'fastify';
import { networkProbes } from '../../../protocol/network.ts';
import type { LearnerSession } from '../../learners/learner-session.ts';
import type { ProbeCount } from '../../network/probe-count.ts';

export interface NetworkRoutesOptions {
  session: LearnerSession;
  probes: ProbeCount;
  stopping: AbortSignal;
}

export function addNetworkRoutes(
  app: FastifyInstance,
  { session, probes, stopping }: NetworkRoutesOptions,
): void {
  app.get('/api/network/echo', async (request, reply) => {
    session.require(request);
    return reply.code(204).send();
  });

  const stream = (path: string, beatMs: number, count: number): void => {
    app.get(path, async (request, reply) => {
      const learner = session.require(request);
      probes.require(learner.id);
      beat(reply, { beatMs, count, stopping, onEnd: () => probes.end(learner.id) });
      return reply;
    });
  };
  const { dripMs, dripCount, holdBeatMs, holdMs } = networkProbes;
  stream('/api/network/drip', dripMs, dripCount);
  stream('/api/network/hold', holdBeatMs, Math.floor(holdMs / holdBeatMs));
}

function beat(
  reply: FastifyReply,
  options: { beatMs: number; count: number; stopping: AbortSignal; onEnd: () => void },
): void {
  const { raw } = reply;
  const startedMs = performance.now();
  reply.hijack();
  raw.writeHead(200, {
    ...(reply.getHeaders() as Record<string, string>),
    'content-type': 'text/event-stream',
    'cache-control': 'no-store, no-transform',
    'x-accel-buffering': 'no',
  });
  let sent = 0;
  const say = (): void => {
    sent += 1;
    raw.write(`id: ${sent}\nevent: beat\ndata: ${Math.round(performance.now() - startedMs)}\n\n`);
    if (sent === options.count) raw.end();
  };
  const timer = setInterval(say, options.beatMs);
  const stop = (): void => void raw.end();
  options.stopping.addEventListener('abort', stop, { once: true });
  raw.on('error', () => raw.destroy());
  raw.on('close', () => {
    clearInterval(timer);
    options.stopping.removeEventListener('abort', stop);
    options.onEnd();
  });
  raw.on('finish', () => clearInterval(timer));
  say();
}
