/** Docker's events of one sandbox as they happen: what tells the portal that it is worth looking again. */
import type { IncomingMessage } from 'node:http';
import type { DockerEventObservation } from '../grader/observer.ts';
import { CodedError } from '../protocol/errors.ts';
import { openDockerAnswer } from './docker-get.ts';
import type { DialSandbox } from './dial.ts';
import { parseDockerEvent } from './docker-event.ts';

export interface FollowDockerEvents {
  /** A `SandboxClient`. */
  client: { dial: DialSandbox };
  sandboxId: string;
  /** Milliseconds since 1970: events from then on come first. Default now. */
  sinceMs?: number;
  /** Called when Docker has begun to answer: from here on nothing is missed. */
  onOpen?: () => void;
  signal?: AbortSignal | undefined;
}

/** Docker's own events are below 4 KiB; labels can make one longer. */
const maxLineBytes = 64 * 1024;

/**
 * Ends when Docker ends the stream (it was stopped). Throws DOCKER_NOT_RUNNING where it does not run, COULD_NOT_LOOK for
 * an answer that is not Docker's, whatever `dial` throws, and the reason of `signal`. Lines that are no events are
 * passed over.
 */
export async function* followDockerEvents(
  options: FollowDockerEvents,
): AsyncGenerator<DockerEventObservation, void, undefined> {
  const answer = await open(options);
  try {
    for await (const line of lines(answer)) {
      const event = parseDockerEvent(line);
      if (event) yield event;
    }
  } catch (error) {
    options.signal?.throwIfAborted();
    if (error instanceof CodedError) throw error;
    // A connection that breaks off is how a killed dockerd ends its stream.
  } finally {
    answer.destroy();
  }
}

async function open({ client, sandboxId, sinceMs = Date.now(), onOpen, signal }: FollowDockerEvents) {
  const path = `/events?since=${(sinceMs / 1000).toFixed(3)}`;
  let answer: IncomingMessage;
  try {
    answer = await openDockerAnswer({ dial: client.dial.bind(client), sandboxId, path, signal });
  } catch (cause) {
    signal?.throwIfAborted();
    if (cause instanceof CodedError) throw cause;
    throw new CodedError(
      'DOCKER_NOT_RUNNING',
      `Docker in ${sandboxId} does not answer; it was stopped or killed`,
      {
        cause,
      },
    );
  }
  if (answer.statusCode !== 200) {
    answer.destroy();
    throw new CodedError('COULD_NOT_LOOK', `Docker in ${sandboxId} answered ${answer.statusCode} to ${path}`);
  }
  onOpen?.();
  return answer;
}

async function* lines(answer: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let pending = Buffer.alloc(0);
  for await (const chunk of answer) {
    let rest = chunk;
    for (let end = rest.indexOf(10); end !== -1; end = rest.indexOf(10)) {
      yield Buffer.concat([pending, rest.subarray(0, end)]).toString('utf8');
      pending = Buffer.alloc(0);
      rest = rest.subarray(end + 1);
    }
    if (pending.length + rest.length > maxLineBytes) {
      throw new CodedError('COULD_NOT_LOOK', `an event of Docker is longer than ${maxLineBytes} bytes`);
    }
    pending = Buffer.concat([pending, rest]);
  }
}
