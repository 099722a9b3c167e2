import type { FastifyInstance } from 'fastify';
import { CodedError } from '../../protocol/errors.ts';
import type { OriginList } from './origin.ts';
import { inertContentPolicy, securityHeaders } from './security-headers.ts';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Before any handler: headers that every answer has, and the refusal of what another site's page sends. */
export function guardRequests(app: FastifyInstance, origins: OriginList): void {
  app.addHook('onRequest', (request, reply, done) => {
    void reply.headers(securityHeaders).header('content-security-policy', inertContentPolicy);
    done(request.url.startsWith('/api/') ? refusal(request.method, request.headers, origins) : undefined);
  });
}

function refusal(
  method: string,
  headers: { origin?: string | undefined; 'sec-fetch-site'?: string | string[] | undefined },
  origins: OriginList,
): CodedError | undefined {
  if (!safeMethods.has(method) && !origins.allows(headers.origin)) {
    return new CodedError('FORBIDDEN_ORIGIN', origins.explain(headers.origin));
  }
  // Another port of the same host is the same site: the cookie comes along, so a stranger's page could hold our streams.
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') {
    return new CodedError(
      'FORBIDDEN_ORIGIN',
      `a page of another origin asked (Sec-Fetch-Site: ${String(site)})`,
    );
  }
  return undefined;
}
