/** Tells pages what their machine uses and which limits it meets. Machines that nobody looks at are not followed. */
import { CodedError } from '../../protocol/errors.ts';
import type { UsageReport } from '../../protocol/usage.ts';
import type { SandboxClient } from '../../sandbox-client/client.ts';
import { LearnerPages } from '../grading/learner-pages.ts';
import type { LessonPage } from '../grading/lesson-watch.ts';
import type { PageCompanion } from '../grading/page-companion.ts';
import type { Log } from '../log.ts';
import type { LearnerSandboxes } from './learner-sandboxes.ts';

export interface UsagePagesOptions {
  client: Pick<SandboxClient, 'followUsage'>;
  sandboxes: Pick<LearnerSandboxes, 'view' | 'onState' | 'announce'>;
  log: Log;
}

interface Following {
  /** Of the processes that are followed; null while there are none. */
  bootId: string | null;
  abort: AbortController;
  last: UsageReport | null;
}

const retryMs = 5_000;

export class UsagePages implements PageCompanion, Disposable {
  readonly #options: UsagePagesOptions;
  readonly #pages = new LearnerPages();
  readonly #followings = new Map<string, Following>();

  constructor(options: UsagePagesOptions) {
    this.#options = options;
    options.sandboxes.onState((learnerId, { status, bootId }) => {
      const following = this.#followings.get(learnerId);
      if (!following || following.bootId === bootId) return;
      if (status === 'running') void this.#follow(learnerId, following);
    });
  }

  open(learnerId: string, page: LessonPage): () => void {
    this.#pages.add(learnerId, page);
    const known = this.#followings.get(learnerId);
    if (known?.last) page.send({ event: 'usage', data: known.last });
    if (!known) {
      const following = { bootId: null, abort: new AbortController(), last: null };
      this.#followings.set(learnerId, following);
      void this.#follow(learnerId, following);
    }
    return () => {
      if (!this.#pages.remove(learnerId, page)) return;
      this.#followings.get(learnerId)?.abort.abort();
      this.#followings.delete(learnerId);
    };
  }

  [Symbol.dispose](): void {
    for (const { abort } of this.#followings.values()) abort.abort();
    this.#followings.clear();
  }

  async #follow(learnerId: string, following: Following): Promise<void> {
    const { client, sandboxes, log } = this.#options;
    following.abort.abort();
    following.abort = new AbortController();
    const { signal } = following.abort;
    try {
      const view = await sandboxes.view(learnerId);
      if (signal.aborted || view?.status !== 'running') return;
      following.bootId = view.bootId;
      for await (const report of client.followUsage(view.id, { signal })) {
        following.last = report;
        this.#pages.tell(learnerId, { event: 'usage', data: report });
      }
      // It was stopped, and whoever did that need not be this portal: an operator, say.
      if (!signal.aborted) await sandboxes.announce(learnerId);
    } catch (error) {
      if (signal.aborted) return;
      const expected = error instanceof CodedError && error.code !== 'INTERNAL';
      log[expected ? 'info' : 'warn']({ err: error }, 'what a machine uses cannot be followed now');
    }
    following.bootId = null;
    following.last = null;
    if (signal.aborted) return;
    // Where it was stopped a state tells when it runs again; where its server was, nobody does.
    const timer = setTimeout(() => void this.#follow(learnerId, following), retryMs).unref();
    signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
  }
}
