/** What goes wrong between here and the sandbox-server, as coded errors. */
import { CodedError, errorCodes } from '../protocol/errors.ts';
import type { ErrorBody, ErrorCode } from '../protocol/errors.ts';

/** The socket's own faults: no one listens there, or who listened has gone. */
const serverDownCodes = new Set(['ENOENT', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOTCONN', 'ENOTSOCK']);

/** An `ErrorBody` of the server becomes the same code here; anything else that is not a success is INTERNAL. */
export function errorFromAnswer(status: number, body: string, what: string): CodedError {
  const parsed = parseErrorBody(body);
  if (parsed) return new CodedError(parsed.code, parsed.message);
  return new CodedError(
    'INTERNAL',
    `the sandbox-server answered ${what} with status ${status} and no error body; expected one of its coded errors`,
  );
}

/** Faults of the transport become SANDBOX_SERVER_DOWN; an abort and what is coded already pass through. */
export function errorFromTransport(error: unknown, what: string, socketPath: string): Error {
  if (error instanceof CodedError) return error;
  if (!(error instanceof Error)) return new CodedError('INTERNAL', `${what} failed: ${String(error)}`);
  if (error.name === 'AbortError') return error;
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (code === 'EACCES' || code === 'EPERM') return notAllowed(socketPath, error);
  if (serverDownCodes.has(code) || error.message.includes('socket hang up')) {
    return new CodedError(
      'SANDBOX_SERVER_DOWN',
      `${what}: the sandbox-server does not answer at ${socketPath} (${code || error.message}); it is restarting or was stopped`,
      { cause: error },
    );
  }
  return new CodedError('INTERNAL', `${what} failed: ${error.message}`, { cause: error });
}

/** The server took longer than it may. */
export function timedOut(what: string, timeoutMs: number): CodedError {
  return new CodedError(
    'SANDBOX_SERVER_DOWN',
    `${what}: the sandbox-server gave no answer within ${timeoutMs} ms; see its log for what holds it up`,
  );
}

function notAllowed(socketPath: string, cause: Error): CodedError {
  return new CodedError(
    'SANDBOX_SERVER_DOWN',
    `this process may not open ${socketPath}; run it as the user the sandbox-server was told to serve`,
    { cause },
  );
}

function parseErrorBody(body: string): ErrorBody['error'] | null {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return null;
  }
  const error = (value as Partial<ErrorBody> | null)?.error;
  if (typeof error?.message !== 'string' || typeof error.code !== 'string') return null;
  return Object.hasOwn(errorCodes, error.code) ? { ...error, code: error.code satisfies ErrorCode } : null;
}
