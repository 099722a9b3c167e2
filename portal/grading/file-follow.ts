/**
 * Follows the files that an open lesson's checks look at, so that what changes without a command's end or an event of
 * Docker's is looked at as well: a hint to look, never evidence.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { CodedError } from '../../protocol/errors.ts';
import type { SandboxState } from '../../protocol/portal-api.ts';
import { maxFollowedPaths } from '../../protocol/sandbox-looks.ts';
import type { SandboxClient } from '../../sandbox-client/client.ts';
import type { Log } from '../log.ts';
import type { LearnerSandboxes } from '../sandboxes/learner-sandboxes.ts';

export interface FileFollowOptions {
  learnerId: string;
  client: Pick<SandboxClient, 'followFiles'>;
  sandboxes: Pick<LearnerSandboxes, 'view'>;
  /** Some of these may be different now; it may be none of them. */
  onChange: (paths: string[]) => void;
  log: Log;
}

/** Of all paths together: they are sent in one request's line. */
const maxPathBytes = 8 * 1024;
const retryMs = 5_000;

export class FileFollow implements Disposable {
  readonly #options: FileFollowOptions;
  readonly #disposed = new AbortController();
  #paths: string[] = [];
  /** Of the processes that are followed or were last tried. */
  #bootId: string | null = null;
  #following = new AbortController();

  constructor(options: FileFollowOptions) {
    this.#options = options;
  }

  /** What is beyond the bounds is not followed. */
  set paths(paths: readonly string[]) {
    const followed = withinBounds(paths);
    if (JSON.stringify(followed) === JSON.stringify(this.#paths)) return;
    this.#paths = followed;
    this.#restart();
  }

  onState({ status, bootId }: SandboxState): void {
    if (status !== 'running' || bootId === this.#bootId) return;
    this.#restart();
  }

  [Symbol.dispose](): void {
    this.#disposed.abort();
    this.#following.abort();
  }

  #restart(): void {
    this.#following.abort();
    this.#following = new AbortController();
    if (this.#paths.length === 0 || this.#disposed.signal.aborted) return;
    void this.#run(this.#following.signal);
  }

  /** Until there is nothing to follow: a state will say when there is again. */
  async #run(signal: AbortSignal): Promise<void> {
    while ((await this.#follow(signal)) === 'ended') {
      // Only the signal makes it reject.
      await delay(retryMs, undefined, { signal, ref: false }).catch(() => {});
    }
  }

  async #follow(signal: AbortSignal): Promise<'idle' | 'ended'> {
    const { client, sandboxes, learnerId, onChange, log } = this.#options;
    if (signal.aborted) return 'idle';
    try {
      const view = await sandboxes.view(learnerId);
      if (view?.status !== 'running' || signal.aborted) return 'idle';
      this.#bootId = view.bootId;
      let isFirst = true;
      for await (const { paths, incomplete } of client.followFiles(view.id, { paths: this.#paths, signal })) {
        if (isFirst && incomplete) log.warn({ sandboxId: view.id }, 'the host has no inotify watches left');
        // Whatever changed before it was followed.
        onChange(isFirst ? this.#paths : paths);
        isFirst = false;
      }
    } catch (error) {
      if (signal.aborted) return 'idle';
      const expected = error instanceof CodedError && error.code !== 'INTERNAL';
      log[expected ? 'info' : 'warn']({ err: error }, "a machine's files cannot be followed now");
    }
    return 'ended';
  }
}

function withinBounds(paths: readonly string[]): string[] {
  const kept: string[] = [];
  let bytes = 0;
  for (const path of new Set(paths)) {
    bytes += encodeURIComponent(path).length;
    if (kept.length === maxFollowedPaths || bytes > maxPathBytes) break;
    kept.push(path);
  }
  return kept;
}
