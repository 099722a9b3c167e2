import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { CodedError } from '../../protocol/errors.ts';
import { isAborted } from '../aborted.ts';
import { databaseFault } from '../store/database-fault.ts';
import { securityHeaders } from './security-headers.ts';

/** Fastify's own refusals, as our codes. */
const fastifyCodes: Record<string, 'BODY_TOO_LARGE' | 'UNSUPPORTED_MEDIA_TYPE'> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'BODY_TOO_LARGE',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'UNSUPPORTED_MEDIA_TYPE',
};

/** Every error leaves as `ErrorBody`. What is not coded is ours: it goes to the log, and out as INTERNAL. */
export function answerError(error: FastifyError | Error, request: FastifyRequest, reply: FastifyReply): void {
  const coded = codedErrorOf(error);
  if (isOurs(coded)) request.log.error({ err: error, url: request.url }, 'a request failed');
  else request.log.debug({ code: coded.code, url: request.url }, coded.message);
  const shown = isOurs(coded) ? new CodedError(coded.code, 'see the log of the portal') : coded;
  void reply
    .code(coded.status)
    .headers({ ...securityHeaders, 'cache-control': 'no-store' })
    .send(shown.toBody());
}

/** What was found, with its paths, is for whoever runs this. */
function isOurs({ code }: CodedError): boolean {
  return code === 'INTERNAL' || code === 'STATE_DAMAGED' || code === 'DISK_TOO_SMALL';
}

function codedErrorOf(error: FastifyError | Error): CodedError {
  if (error instanceof CodedError) return error;
  if (isAborted(error))
    return new CodedError('SANDBOX_SERVER_DOWN', 'this portal ends; another one answers in a moment');
  const fault = databaseFault(error);
  if (fault) return fault;
  const { code = '', statusCode = 500 } = error as Partial<FastifyError>;
  const known = fastifyCodes[code];
  if (known) return new CodedError(known, error.message);
  // Malformed JSON, a body where none may be, a broken URL: all that the framework blames on the request.
  if (statusCode >= 400 && statusCode < 500) return new CodedError('BAD_REQUEST', error.message);
  return new CodedError('INTERNAL', error.message, { cause: error });
}
