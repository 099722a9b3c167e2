import { noBodySchema, readBody } from './body.ts';
import type { Route } from './route.ts';

/** A sandbox's disk kept, and gone back to. */
export const checkpointRoutes: Route[] = [
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
];
