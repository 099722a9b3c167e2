/** The grader's window on one sandbox, made of the sandbox-server's bounded reads. */
import type { DockerEventObservation, LookOptions, Observation, Observer } from '../grader/observer.ts';
import { CodedError } from '../protocol/errors.ts';
import type { SandboxView } from '../protocol/sandbox-api.ts';
import type { FileView, RawCgroup, RawMountTable, RawProcess } from '../protocol/sandbox-looks.ts';
import { observeCgroup } from './cgroup-observation.ts';
import type { DialSandbox } from './dial.ts';
import { getDockerJson, getDockerText } from './docker-get.ts';
import { parseDockerEvent } from './docker-event.ts';
import { observeFile } from './file-observation.ts';
import { getHttp } from './http-get.ts';
import { observeMounts } from './mount-observation.ts';
import { observeProcesses } from './process-observation.ts';
import { observeScript, type ExecClient } from './script-observation.ts';

export interface ObservedSandbox extends ExecClient {
  readFile(
    id: string,
    look: { path: string; maxBytes: number; signal?: AbortSignal | undefined },
  ): Promise<FileView>;
  processes(id: string, options: { signal?: AbortSignal | undefined }): Promise<RawProcess[]>;
  mountTables(id: string, options: { signal?: AbortSignal | undefined }): Promise<RawMountTable[]>;
  cgroup(id: string, look: { path: string; signal?: AbortSignal | undefined }): Promise<RawCgroup>;
  view(id: string, options: { signal?: AbortSignal | undefined }): Promise<Pick<SandboxView, 'kernel'>>;
  dial: DialSandbox;
}

export interface ObserverOptions {
  /** A `SandboxClient`. */
  client: ObservedSandbox;
  sandboxId: string;
  /** Ends every look that is under way. */
  signal?: AbortSignal | undefined;
  /** Events that were followed as they happened: Docker itself forgets all but the last 256. */
  knownEvents?: (() => readonly DockerEventObservation[]) | undefined;
}

/** As much of a file as `FileObservation.text` holds. */
const maxFileBytes = 64 * 1024;
/** Docker itself keeps the last 256; a hostile answerer may claim more. */
const maxEvents = 4096;

/**
 * Looks never throw for what a learner can cause: a failed one is `{ ok: false }` with a phrase for them. Only an abort
 * rejects.
 */
export function createObserver({ client, sandboxId, signal: whole, knownEvents }: ObserverOptions): Observer {
  const dial = client.dial.bind(client);

  /** The look's own signal and that of the observer. */
  function either(options: LookOptions | undefined): AbortSignal | undefined {
    return options?.signal && whole ? AbortSignal.any([options.signal, whole]) : (options?.signal ?? whole);
  }

  return {
    file(path, options) {
      const signal = either(options);
      return observed(signal, async () =>
        observeFile(await client.readFile(sandboxId, { path, maxBytes: maxFileBytes, signal })),
      );
    },

    processes(options) {
      const signal = either(options);
      return observed(signal, async () =>
        found(observeProcesses(await client.processes(sandboxId, { signal }))),
      );
    },

    docker: (path, options) => getDockerJson({ dial, sandboxId, path, signal: either(options) }),

    async dockerEvents(options) {
      // One millisecond ahead, so that an event of this very millisecond is not cut off; dockerd waits that long.
      const until = ((Date.now() + 1) / 1000).toFixed(3);
      const path = `/events?since=0&until=${until}`;
      const answer = await getDockerText({ dial, sandboxId, path, signal: either(options) });
      if (!answer.ok) return answer;
      const events = (answer.value ?? '').split('\n', maxEvents).map(parseDockerEvent);
      return found(
        merged(
          knownEvents?.() ?? [],
          events.filter((event) => event !== null),
        ),
      );
    },

    mounts(options) {
      const signal = either(options);
      return observed(signal, async () =>
        found(observeMounts(await client.mountTables(sandboxId, { signal }))),
      );
    },

    cgroup(path, options) {
      const signal = either(options);
      return observed(signal, async () =>
        found(observeCgroup(await client.cgroup(sandboxId, { path, signal }))),
      );
    },

    http(look, options) {
      const signal = either(options);
      return observed(signal, () => getHttp({ ...look, dial, sandboxId, signal }));
    },

    script(run, options) {
      const signal = either(options);
      return observed(signal, async () => found(await observeScript({ client, sandboxId, ...run, signal })));
    },

    kernel(options) {
      const signal = either(options);
      return observed(signal, async () => found((await client.view(sandboxId, { signal })).kernel));
    },
  };
}

/** Each event once, oldest first. */
function merged(
  known: readonly DockerEventObservation[],
  told: readonly DockerEventObservation[],
): DockerEventObservation[] {
  if (known.length === 0) return [...told];
  const byKey = new Map(
    [...known, ...told].map((event) => [
      `${event.timeNano} ${event.type} ${event.action} ${event.actorId}`,
      event,
    ]),
  );
  return [...byKey.values()].toSorted((left, right) => (left.timeNano < right.timeNano ? -1 : 1));
}

function found<T>(value: T): Observation<T> {
  return { ok: true, value };
}

function unreadable(reason: string): Observation<never> {
  return { ok: false, why: 'unreadable', reason };
}

/** Why a look failed, in words for the learner; the abort of whoever asked goes through. */
async function observed<T>(
  signal: AbortSignal | undefined,
  look: () => Promise<Observation<T>>,
): Promise<Observation<T>> {
  try {
    return await look();
  } catch (error) {
    signal?.throwIfAborted();
    if (!(error instanceof CodedError)) throw error;
    if (error.code === 'SANDBOX_NOT_RUNNING') return unreadable('your machine is not running');
    if (error.code === 'SANDBOX_GONE') return unreadable('your machine no longer exists');
    if (error.code === 'SANDBOX_SERVER_DOWN') return unreadable('the part that runs machines is restarting');
    return unreadable('your machine could not be looked into');
  }
}
