import type { IncomingMessage } from 'node:http';
import { CodedError } from '../../protocol/errors.ts';

/** Throws BAD_REQUEST for a request line that names no address. */
export function urlOf(request: IncomingMessage): URL {
  const url = URL.parse(request.url ?? '/', 'http://sandbox-server');
  if (url === null) throw new CodedError('BAD_REQUEST', 'the request line names no address');
  return url;
}
