import type { FastifyInstance } from 'fastify';
import { CodedError } from '../../../protocol/errors.ts';
import type { Health } from '../../../protocol/portal-api.ts';
import type { SandboxClient } from '../../../sandbox-client/client.ts';
import type { Metrics } from '../../metrics.ts';

export interface HealthRoutesOptions {
  client: SandboxClient;
  metrics: Metrics;
}

export function addHealthRoutes(app: FastifyInstance, { client, metrics }: HealthRoutesOptions): void {
  app.get('/healthz', async (_request, reply) => {
    const health = await readHealth(client);
    return reply
      .code(health.status === 'ok' ? 200 : 503)
      .header('cache-control', 'no-store')
      .send(health);
  });

  app.get('/metrics', async (_request, reply) => {
    return reply.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });
}

/** The portal answers, so all else that could be wrong is in the sandbox-server. */
async function readHealth(client: SandboxClient): Promise<Health> {
  const uptimeSeconds = Math.round(process.uptime());
  try {
    const { status, warm, running, stopped, unended, reason } = await client.health();
    return {
      status,
      ...(reason !== undefined && { reason }),
      sandboxes: { warm, running, stopped, unended },
      uptimeSeconds,
    };
  } catch (error) {
    if (!(error instanceof CodedError)) throw error;
    return {
      status: 'failing',
      reason: error.message,
      sandboxes: { warm: 0, running: 0, stopped: 0, unended: 0 },
      uptimeSeconds,
    };
  }
}
