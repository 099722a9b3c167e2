/** The HTTP side of the portal: what every request passes, and the table of routes. */
import type { Socket } from 'node:net';
import fastify, { LogController } from 'fastify';
import type { FastifyInstance } from 'fastify';
import { CodedError } from '../../protocol/errors.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import { answerFromSite } from '../site/site-answer.ts';
import type { Site } from '../site/site.ts';
import { watchActivity } from './activity.ts';
import { answerError } from './error-answer.ts';
import { measureRequests } from './measure-requests.ts';
import { refusalOf } from './method-not-allowed.ts';
import type { OriginList } from './origin.ts';
import { guardRequests } from './request-guard.ts';
import { addExerciseRoutes } from './routes/exercise-routes.ts';
import type { ExerciseRoutesOptions } from './routes/exercise-routes.ts';
import { addFileRoutes } from './routes/file-routes.ts';
import type { FileRoutesOptions } from './routes/file-routes.ts';
import { addHealthRoutes } from './routes/health-routes.ts';
import type { HealthRoutesOptions } from './routes/health-routes.ts';
import { addLearnerRoutes } from './routes/learner-routes.ts';
import { addLessonRoutes } from './routes/lesson-routes.ts';
import type { LessonRoutesOptions } from './routes/lesson-routes.ts';
import { addNetworkRoutes } from './routes/network-routes.ts';
import type { NetworkRoutesOptions } from './routes/network-routes.ts';
import { addResultRoutes } from './routes/result-routes.ts';
import { addSandboxRoutes } from './routes/sandbox-routes.ts';
import type { SandboxRoutesOptions } from './routes/sandbox-routes.ts';
import { addStreamRoutes } from './routes/stream-routes.ts';
import type { StreamRoutesOptions } from './routes/stream-routes.ts';
import { addTerminalRoutes } from './routes/terminal-routes.ts';
import type { TerminalRoutesOptions } from './routes/terminal-routes.ts';

export interface AppOptions
  extends
    ExerciseRoutesOptions,
    FileRoutesOptions,
    HealthRoutesOptions,
    LessonRoutesOptions,
    NetworkRoutesOptions,
    SandboxRoutesOptions,
    StreamRoutesOptions,
    TerminalRoutesOptions {
  site: Site;
  origins: OriginList;
  metrics: Metrics;
  log: Log;
}

/** Pages send sizes, ids and short answers. */
const maxBodyBytes = 64 * 1024;

export function createApp(options: AppOptions): FastifyInstance {
  const { site, origins, metrics, log, store, session, lifetimes } = options;
  const app = fastify({
    loggerInstance: log,
    // One line a request, from `measureRequests`, is enough.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: maxBodyBytes,
    exposeHeadRoutes: false,
    // Event streams are ended by us; a page's idle keep-alive connection is not waited for.
    forceCloseConnections: 'idle',
    frameworkErrors: (error, request, reply) => answerError(error, request, reply),
    clientErrorHandler: (error, socket) => answerBrokenRequest(error, socket, log),
  }) as unknown as FastifyInstance;
  // JSON is all that is understood.
  app.removeContentTypeParser('text/plain');
  app.setErrorHandler(answerError);
  app.setNotFoundHandler((request, reply) => {
    if (request.url.startsWith('/api/')) throw refusalOf(app, request);
    return answerFromSite(site, request, reply);
  });
  measureRequests(app, metrics);
  guardRequests(app, origins);
  watchActivity(app, { session, onActive: (learnerId) => lifetimes.touch(learnerId) });
  addHealthRoutes(app, options);
  addLearnerRoutes(app, { ...options, progress: store.progress });
  addSandboxRoutes(app, options);
  addTerminalRoutes(app, options);
  addStreamRoutes(app, options);
  addNetworkRoutes(app, options);
  addFileRoutes(app, options);
  addLessonRoutes(app, options);
  addExerciseRoutes(app, options);
  addResultRoutes(app, options);
  app.addHook('onSend', (request, reply, payload, done) => {
    if (request.url.startsWith('/api/')) void reply.header('cache-control', 'no-store');
    done(null, payload);
  });
  return app;
}

/** What Node's parser could not make a request of, or what broke off in the middle of one. */
function answerBrokenRequest(error: NodeJS.ErrnoException, socket: Socket, log: Log): void {
  log.info({ code: error.code }, 'a request broke off, or is none');
  if (!socket.writable) return void socket.destroy();
  const body = JSON.stringify(new CodedError('BAD_REQUEST', 'this is not an HTTP/1.1 request').toBody());
  socket.end(
    `HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Type: application/json\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}
