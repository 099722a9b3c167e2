import type { FastifyInstance, FastifyRequest } from 'fastify';
import { CodedError } from '../../protocol/errors.ts';

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** For a request of the API that no route took: whether there is one at this path for another method. */
export function refusalOf(app: FastifyInstance, request: FastifyRequest): CodedError {
  const path = request.url.split('?', 1)[0] ?? '/';
  const offered = methods.filter((method) => app.findRoute({ method, url: path }) !== null);
  if (offered.length === 0) return new CodedError('NOT_FOUND', `there is nothing at ${path}`);
  return new CodedError(
    'METHOD_NOT_ALLOWED',
    `${request.method} is not offered at ${path}; ${offered.join(', ')} is`,
  );
}
