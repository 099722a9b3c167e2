/** What a sandbox uses: one look, or told as it changes; and what is meant to become of it. */
import { sandboxPlanSchema } from '../../protocol/sandbox-api.ts';
import { UsageFollower, usageOf } from '../sandboxes/usage-follower.ts';
import { readBody } from './body.ts';
import type { Call, Route } from './route.ts';

export const usageRoutes: Route[] = [
  {
    method: 'POST',
    path: '/v1/sandboxes/:id/plan',
    async handle({ fleet, sandboxId, request }) {
      const plan = await readBody(request, sandboxPlanSchema);
      fleet.get(sandboxId).plan = plan;
      return { status: 204 };
    },
  },
  {
    method: 'GET',
    path: '/v1/sandboxes/:id/usage',
    async handle(call) {
      const { engine, fleet, sandboxId, query } = call;
      const { id, limits } = fleet.get(sandboxId);
      if (query.get('follow') === '1') return follow(call);
      return { body: usageOf(await engine.usage.read(id), limits) };
    },
  },
];

/** Lines until the client goes or the sandbox does. */
function follow({ engine, fleet, sandboxId, response }: Call): 'answered' {
  const sandbox = fleet.get(sandboxId);
  const { id, limits } = sandbox;
  const follower = new UsageFollower({
    source: engine.usage,
    id,
    limits,
    onReport: (report) => {
      // A client that does not read gets the next one instead.
      if (response.writableLength === 0 && !response.writableEnded)
        response.write(`${JSON.stringify(report)}\n`);
    },
    onEnd: () => response.end(),
  });
  // Sooner than the next look would find out.
  const forget = sandbox.onStop(() => response.end());
  response.on('close', () => {
    forget();
    follower[Symbol.dispose]();
  });
  if (response.closed || response.destroyed) follower[Symbol.dispose]();
  response.writeHead(200, { 'content-type': 'application/x-ndjson' });
  response.flushHeaders();
  return 'answered';
}
