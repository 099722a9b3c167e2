import { createInterface } from 'node:readline';
import { describe, requestStream } from './request.ts';
import type { ServerRequest } from './request.ts';
import { errorFromTransport } from './server-error.ts';

/** An answer of lines of JSON, each as it comes; ends with it. The sandbox-server's own words, which are trusted. */
export async function* followReports<T>(request: ServerRequest): AsyncGenerator<T, void, undefined> {
  const answer = await requestStream(request);
  try {
    for await (const line of createInterface({ input: answer })) yield JSON.parse(line) as T;
    if (!answer.complete) throw new Error('the answer was cut short');
  } catch (error) {
    request.signal?.throwIfAborted();
    throw errorFromTransport(error, describe(request), request.socketPath);
  } finally {
    answer.destroy();
  }
}
