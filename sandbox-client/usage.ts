import { createInterface } from 'node:readline';
import type { UsageReport } from '../protocol/usage.ts';
import { describe, requestStream } from './request.ts';
import type { ServerRequest } from './request.ts';
import { errorFromTransport } from './server-error.ts';

/** The lines of `GET /v1/sandboxes/:id/usage?follow=1` as they come. */
export async function* followUsage(request: ServerRequest): AsyncGenerator<UsageReport, void, undefined> {
  const answer = await requestStream(request);
  try {
    for await (const line of createInterface({ input: answer })) yield JSON.parse(line) as UsageReport;
    if (!answer.complete) throw new Error('the answer was cut short');
  } catch (error) {
    request.signal?.throwIfAborted();
    throw errorFromTransport(error, describe(request), request.socketPath);
  } finally {
    answer.destroy();
  }
}
