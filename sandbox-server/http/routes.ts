/** The table of requests this server answers. Shapes and meanings stand in protocol/sandbox-api.ts. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { CodedError } from '../../protocol/errors.ts';
import {
  createSandboxSchema,
  execRequestSchema,
  openTerminalSchema,
  resizePoolSchema,
  type SandboxServerHealth,
} from '../../protocol/sandbox-api.ts';
import type { SandboxEngine } from '../engine.ts';
import type { Fleet } from '../sandboxes/fleet.ts';
import { readBody } from './body.ts';
import { fileRoutes } from './file-routes.ts';
import { usageRoutes } from './usage-routes.ts';
import { feedRequestOf, streamExec } from './exec-stream.ts';

export interface Services {
  fleet: Fleet;
  engine: SandboxEngine;
  /** Remembers over restarts what an operator set; null forgets it. */
  savePoolSize: (size: number | null) => Promise<void>;
  /** Ends the process after the answer has gone out. */
  shutDown: () => Promise<void>;
}

export interface Call extends Services {
  request: IncomingMessage;
  response: ServerResponse;
  /** Groups of the route's pattern. */
  sandboxId: string;
  terminalId: string;
  checkpointId: string;
  query: URLSearchParams;
}

export interface Route {
  method: 'GET' | 'POST' | 'DELETE';
  /** `:id`, `:tid` and `:cid` stand for a sandbox, a terminal and a checkpoint. */
  path: string;
  /** What it returns is sent as JSON with 200, or with the status given. */
  handle: (call: Call) => Promise<{ status?: number; body?: unknown } | 'answered'>;
}

const defaultFileBytes = 64 * 1024;
const maxFileBytes = 1024 * 1024;
const noBodySchema = z.strictObject({});

function filePath(query: URLSearchParams): string {
  const path = query.get('path') ?? '';
  if (!path.startsWith('/') || path.length > 4096 || path.includes('\0')) {
    throw new CodedError('BAD_REQUEST', 'expected ?path= with an absolute path of at most 4096 characters');
  }
  return path;
}

function cgroupPath(query: URLSearchParams): string {
  const path = query.get('path') ?? '';
  if (/^\/(?!\/)(?!(.*\/)?\.\.(\/|$))[^\0]{0,1000}$/s.test(path)) return path;
  throw new CodedError(
    'BAD_REQUEST',
    'expected ?path= with an absolute path of a cgroup, without `..` in it',
  );
}

function maxBytes(query: URLSearchParams): number {
  const max = Number(query.get('max') ?? defaultFileBytes);
  if (Number.isInteger(max) && max >= 0 && max <= maxFileBytes) return max;
  throw new CodedError('BAD_REQUEST', `expected ?max= with a number from 0 to ${maxFileBytes}, found ${max}`);
}

/** Asks no sandbox anything: one whose Docker takes its time must not make the server look ill. */
async function health({ engine, fleet }: Call): Promise<{ body: SandboxServerHealth }> {
  const running = fleet.all.filter((sandbox) => sandbox.isRunning).length;
  const fault = fleet.lastFault;
  const status = fault === null ? 'ok' : 'failing';
  const stopped = fleet.all.length - running;
  const counts = { warm: fleet.warm, running, stopped, unended: engine.unended };
  return { body: { status, ...counts, ...(fault === null ? {} : { reason: fault }) } };
}

export const routes: Route[] = [
  ...usageRoutes,
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
      body: await fleet.get(sandboxId).view({ waitForDocker: query.get('docker') === 'wait' }),
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
  {
    method: 'GET',
    path: '/v1/sandboxes/:id/checkpoints',
    handle: async ({ engine, fleet, sandboxId }) => ({
      body: { checkpoints: await engine.checkpoints.list(fleet.get(sandboxId).id) },
    }),
  },
  {
    method: 'POST',
    path: '/v1/sandboxes/:id/checkpoints',
    async handle({ fleet, sandboxId, request }) {
      await readBody(request, noBodySchema);
      return { status: 201, body: await fleet.checkpoint(sandboxId) };
    },
  },
  {
    method: 'DELETE',
    path: '/v1/sandboxes/:id/checkpoints/:cid',
    async handle({ engine, fleet, sandboxId, checkpointId }) {
      await engine.checkpoints.drop(fleet.get(sandboxId).id, checkpointId);
      return { status: 204 };
    },
  },
  {
    method: 'POST',
    path: '/v1/sandboxes/:id/checkpoints/:cid/restore',
    async handle({ fleet, sandboxId, checkpointId, request }) {
      await readBody(request, noBodySchema);
      return { body: await (await fleet.restore(sandboxId, checkpointId)).view() };
    },
  },
  {
    method: 'GET',
    path: '/v1/sandboxes/:id/terminals',
    handle: async ({ fleet, sandboxId }) => ({
      body: { terminals: fleet.get(sandboxId).terminals.map((terminal) => terminal.view()) },
    }),
  },
  {
    method: 'POST',
    path: '/v1/sandboxes/:id/terminals',
    async handle({ fleet, sandboxId, request }) {
      const body = await readBody(request, openTerminalSchema);
      return { status: 201, body: fleet.get(sandboxId).openTerminal(body).view() };
    },
  },
  {
    method: 'DELETE',
    path: '/v1/sandboxes/:id/terminals/:tid',
    async handle({ fleet, sandboxId, terminalId }) {
      fleet.get(sandboxId).closeTerminal(terminalId);
      return { status: 204 };
    },
  },
  {
    method: 'GET',
    path: '/v1/sandboxes/:id/file',
    async handle({ engine, fleet, sandboxId, query }) {
      const options = { path: filePath(query), maxBytes: maxBytes(query) };
      return { body: await engine.looks.viewFile(fleet.get(sandboxId).id, options) };
    },
  },
  {
    method: 'GET',
    path: '/v1/sandboxes/:id/processes',
    handle: async ({ engine, fleet, sandboxId }) => ({
      body: { processes: await engine.looks.processes(fleet.get(sandboxId).id) },
    }),
  },
  {
    method: 'GET',
    path: '/v1/sandboxes/:id/mounts',
    handle: async ({ engine, fleet, sandboxId }) => ({
      body: { tables: await engine.looks.mountTables(fleet.get(sandboxId).id) },
    }),
  },
  {
    method: 'GET',
    path: '/v1/sandboxes/:id/cgroup',
    handle: async ({ engine, fleet, sandboxId, query }) => ({
      body: await engine.looks.viewCgroup(fleet.get(sandboxId).id, cgroupPath(query)),
    }),
  },
];
