/** What the host can see of a sandbox: shapes in protocol/sandbox-looks.ts. */
import { CodedError } from '../../protocol/errors.ts';
import type { Route } from './route.ts';

const defaultFileBytes = 64 * 1024;
const maxFileBytes = 1024 * 1024;
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

export const lookRoutes: Route[] = [
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
