/** "Record": what an author's machine was like when they began to do an exercise by hand. */
import { draftOf } from '../../course/record/draft.ts';
import { takeSnapshot, type MachineSnapshot } from '../../course/record/snapshot.ts';
import type { RecordedDraft } from '../../protocol/dev-api.ts';
import { CodedError } from '../../protocol/errors.ts';
import type { SandboxClient } from '../../sandbox-client/client.ts';
import type { LearnerSandboxes } from '../sandboxes/learner-sandboxes.ts';

export interface RecordingsOptions {
  client: SandboxClient;
  sandboxes: LearnerSandboxes;
}

export class Recordings {
  readonly #options: RecordingsOptions;
  readonly #begun = new Map<string, { sandboxId: string; snapshot: MachineSnapshot }>();

  constructor(options: RecordingsOptions) {
    this.#options = options;
  }

  /** Throws SANDBOX_NOT_RUNNING. */
  async begin(learnerId: string, signal: AbortSignal): Promise<void> {
    this.#begun.set(learnerId, await this.#snapshot(learnerId, signal));
  }

  /** Throws SANDBOX_NOT_RUNNING; BAD_REQUEST where nothing was begun in this machine. */
  async draft(learnerId: string, signal: AbortSignal): Promise<RecordedDraft> {
    const begun = this.#begun.get(learnerId);
    const now = await this.#snapshot(learnerId, signal);
    if (begun === undefined || begun.sandboxId !== now.sandboxId) {
      throw new CodedError(
        'BAD_REQUEST',
        'nothing is being recorded in this machine; expected a recording to be begun first',
      );
    }
    return draftOf(begun.snapshot, now.snapshot);
  }

  async #snapshot(
    learnerId: string,
    signal: AbortSignal,
  ): Promise<{ sandboxId: string; snapshot: MachineSnapshot }> {
    const { client, sandboxes } = this.#options;
    const view = await sandboxes.view(learnerId);
    if (view?.status !== 'running')
      throw new CodedError(
        'SANDBOX_NOT_RUNNING',
        'the machine does not run, so that there is nothing to record',
      );
    return { sandboxId: view.id, snapshot: await takeSnapshot({ client, sandboxId: view.id, signal }) };
  }
}
