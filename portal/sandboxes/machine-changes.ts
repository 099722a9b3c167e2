/** What is being done to learners' machines: to each at most one thing at a time. */
import { CodedError } from '../../protocol/errors.ts';
import type { SandboxView } from '../../protocol/sandbox-api.ts';

export class MachineChanges {
  readonly #underWay = new Map<string, Promise<SandboxView>>();
  /** Being stopped or removed; who wants the machine waits for that. */
  readonly #ending = new Map<string, Promise<unknown>>();

  /** The machine that a change under way will give; whoever asks for the same meanwhile joins. */
  of(learnerId: string): Promise<SandboxView> | null {
    return this.#underWay.get(learnerId) ?? null;
  }

  /** After an end that is under way. It is no longer under way when the promise settles. */
  begin(learnerId: string, change: () => Promise<SandboxView>): Promise<SandboxView> {
    const ended = this.#ending.get(learnerId)?.catch(() => undefined);
    const changing = ended === undefined ? change() : ended.then(change);
    const view = changing.finally(() => this.#underWay.delete(learnerId));
    this.#underWay.set(learnerId, view);
    return view;
  }

  /** Throws SANDBOX_START_FAILED while another change is under way. */
  async end<T>(learnerId: string, work: () => Promise<T>): Promise<T> {
    this.requireNone(learnerId);
    const ending = work();
    this.#ending.set(learnerId, ending);
    try {
      return await ending;
    } finally {
      this.#ending.delete(learnerId);
    }
  }

  /** Throws SANDBOX_START_FAILED while a change is under way. */
  requireNone(learnerId: string): void {
    if (!this.#underWay.has(learnerId)) return;
    throw new CodedError('SANDBOX_START_FAILED', 'this machine is being started or replaced; wait for that');
  }
}
