/** The table of requests this server answers. Shapes and meanings stand in protocol/sandbox-api.ts. */
import { CodedError } from '../../protocol/errors.ts';
import {
  createSandboxSchema,
  execRequestSchema,
  resizePoolSchema,
  dockerAsked,
  type DockerAsked,
  type SandboxServerHealth,
} from '../../protocol/sandbox-api.ts';
import { noBodySchema, readBody } from './body.ts';
import { checkpointRoutes } from './checkpoint-routes.ts';
import { fileRoutes } from './file-routes.ts';
import { usageRoutes } from './usage-routes.ts';
import { feedRequestOf, streamExec } from './exec-stream.ts';
import { lookRoutes } from './look-routes.ts';
import type { Call, Route } from './route.ts';
import { terminalRoutes } from './terminal-routes.ts';

/** Asks no sandbox anything: one whose Docker takes its time must not make the server look ill. */
async function health({ engine, fleet }: Call): Promise<{ body: SandboxServerHealth }> {
  const running = fleet.all.filter((sandbox) => sandbox.isRunning).length;
  const fault = fleet.lastFault;
  const status = fault === null ? 'ok' : 'failing';
  const stopped = fleet.all.length - running;
  const counts = { warm: fleet.warm, running, stopped, unended: engine.unended };
  return { body: { status, ...counts, ...(fault === null ? {} : { reason: fault }) } };
}

function dockerOf(query: URLSearchParams): DockerAsked | undefined {
  const found = query.get('docker');
  const docker = dockerAsked.find((one) => one === found);
  if (docker !== undefined || found === null) return docker;
  throw new CodedError('BAD_REQUEST', `expected ?docker= with ${dockerAsked.join(' or ')}, or none of it`);
}

export const routes: Route[] = [
  ...usageRoutes,
  ...checkpointRoutes,
  ...terminalRoutes,
  ...lookRoutes,
  ...fileRoutes,
  { method: 'GET', path: '/healthz', handle: health },
  { method: 'GET', path: '/v1/egress', handle: async ({ engine }) => ({ body: engine.egress() }) },
  {
    method: 'POST',
    path: '/v1/shutdown',
    async handle({ fleet, shutDown }) {
      await fleet.shutDown();
      setImmediate(() => void shutDown());
      return { status: 204 };
    },
  },
  { method: 'GET', path: '/v1/capacity', handle: async ({ fleet }) => ({ body: await fleet.capacity() }) },
  { method: 'GET', path: '/v1/pool', handle: async ({ fleet }) => ({ body: fleet.pool }) },
  {
    method: 'POST',
    path: '/v1/pool',
    async handle({ fleet, savePoolSize, request }) {
      const { size } = await readBody(request, resizePoolSchema);
      await savePoolSize(size);
      await fleet.resizePool(size);
      return { body: fleet.pool };
    },
  },
  {
    method: 'GET',
    path: '/v1/sandboxes',
    handle: async ({ fleet }) => ({
      body: { sandboxes: await Promise.all(fleet.all.map((sandbox) => sandbox.view())) },
    }),
  },
  {
    method: 'POST',
    path: '/v1/sandboxes',
    async handle({ fleet, request }) {
      const sandbox = await fleet.create(await readBody(request, createSandboxSchema));
      return { status: 201, body: await sandbox.view() };
    },
  },
  {
    method: 'GET',
    path: '/v1/sandboxes/:id',
    handle: async ({ fleet, sandboxId, query }) => ({
      body: await fleet.get(sandboxId).view({ docker: dockerOf(query) }),
    }),
  },
  {
    method: 'DELETE',
    path: '/v1/sandboxes/:id',
    async handle({ fleet, sandboxId }) {
      await fleet.destroy(sandboxId);
      return { status: 204 };
    },
  },
  {
    method: 'POST',
    path: '/v1/sandboxes/:id/start',
    async handle({ fleet, sandboxId, request }) {
      await readBody(request, noBodySchema);
      return { body: await (await fleet.start(sandboxId)).view() };
    },
  },
  {
    method: 'POST',
    path: '/v1/sandboxes/:id/stop',
    async handle({ fleet, sandboxId, request }) {
      await readBody(request, noBodySchema);
      await fleet.get(sandboxId).stop();
      return { body: await fleet.get(sandboxId).view() };
    },
  },
  {
    method: 'POST',
    path: '/v1/sandboxes/:id/docker/start',
    async handle({ fleet, sandboxId, request }) {
      await readBody(request, noBodySchema);
      await fleet.get(sandboxId).startDocker();
      return { body: await fleet.get(sandboxId).view() };
    },
  },
  {
    method: 'POST',
    path: '/v1/sandboxes/:id/exec',
    async handle({ engine, fleet, sandboxId, request, response }) {
      const body = await readBody(request, execRequestSchema);
      fleet.get(sandboxId);
      await streamExec({ engine, sandboxId, request: body, response });
      return 'answered';
    },
  },
  {
    method: 'POST',
    path: '/v1/sandboxes/:id/feed',
    async handle({ engine, fleet, sandboxId, request, response }) {
      fleet.get(sandboxId);
      await streamExec({ engine, sandboxId, request: feedRequestOf(request), response, input: request });
      return 'answered';
    },
  },
];
