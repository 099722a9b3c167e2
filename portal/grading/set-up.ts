/** Brings a machine into the state an exercise begins with: its `setup.sh`, once each time the machine starts. */
import { runScript } from '../../course/verify/script.ts';
import { CodedError } from '../../protocol/errors.ts';
import type { SandboxView } from '../../protocol/sandbox-api.ts';
import type { SandboxClient } from '../../sandbox-client/client.ts';
import type { Log } from '../log.ts';
import type { SandboxStore } from '../store/sandboxes.ts';
import type { LessonExercise } from './lessons.ts';

export interface SetUpOptions {
  client: SandboxClient;
  store: SandboxStore;
  log: Log;
  /** Ends what is under way when the portal stops. */
  signal: AbortSignal;
}

const timeoutMs = 60_000;

export class SetUp {
  readonly #options: SetUpOptions;
  /** By boot and exercise; a failed one stays until it is asked for again. */
  readonly #runs = new Map<string, Promise<void>>();

  constructor(options: SetUpOptions) {
    this.#options = options;
  }

  /**
   * True where it had been done before. Throws EXERCISE_INVALID where the script fails; `again` gives it another try.
   */
  async ensure({ id, bootId }: SandboxView, item: LessonExercise, { again = false } = {}): Promise<boolean> {
    const key = { sandboxId: id, bootId, exerciseId: item.id };
    if (item.setUpScript === null || this.#options.store.isSetUp(key)) return true;
    const name = `${id} ${bootId} ${item.id}`;
    const known = this.#runs.get(name);
    if (known) {
      const failed = await known.then(
        () => false,
        () => true,
      );
      if (!failed) return false;
      if (!again) await known;
    }
    if (this.#runs.get(name) === known) this.#runs.set(name, this.#run(id, item, item.setUpScript));
    await this.#runs.get(name);
    this.#options.store.markSetUp(key);
    this.#runs.delete(name);
    return false;
  }

  async #run(sandboxId: string, item: LessonExercise, text: string): Promise<void> {
    const { client, signal, log } = this.#options;
    // Scripts may use Docker; where the learner has stopped it, this does not wait.
    await client.view(sandboxId, { docker: 'wait', signal });
    const scratchDir = `/run/chrootcamp-setup-${item.slug}`;
    const { exit, output } = await runScript({ client, sandboxId, text, timeoutMs, signal, scratchDir });
    await client.exec(sandboxId, { argv: ['rm', '-rf', scratchDir] }, { signal });
    if (exit.exitCode === 0) return;
    log.warn({ exerciseId: item.id, sandboxId, exit, output }, 'a set-up script failed');
    const how = exit.timedOut
      ? `took more than ${timeoutMs} ms`
      : `ended with ${exit.exitCode ?? exit.signal}`;
    throw new CodedError(
      'EXERCISE_INVALID',
      `setup.sh of ${item.id} ${how}; expected 0. It printed: ${output}`,
    );
  }
}
