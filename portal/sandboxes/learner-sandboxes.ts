/** Each learner's machine: at most one, made on demand, found again by its id in the store. */
import type { SandboxClient } from '../../sandbox-client/client.ts';
import { CodedError } from '../../protocol/errors.ts';
import type { Lifetimes } from '../../protocol/lifetimes.ts';
import type { SandboxState } from '../../protocol/portal-api.ts';
import type { DockerAsked, SandboxView } from '../../protocol/sandbox-api.ts';
import { isAborted } from '../aborted.ts';
import type { Log } from '../log.ts';
import type { LifetimeStore } from '../store/lifetimes.ts';
import type { SandboxStore } from '../store/sandboxes.ts';
import type { Store } from '../store/store.ts';
import { DockerStarts } from './docker-starts.ts';
import { stoppedMachine } from './lifetime.ts';
import { MachineChanges } from './machine-changes.ts';
import type { SandboxQueue } from './queue.ts';
import { isGone, shortageOf } from './sandbox-faults.ts';
import { noSandbox, startingSandbox, stateOf, unavailableSandbox } from './sandbox-state.ts';

export interface LearnerSandboxesOptions {
  client: SandboxClient;
  store: Pick<Store, 'sandboxes' | 'lifetimes'>;
  rules: Lifetimes;
  queue: SandboxQueue;
  log: Log;
}

type Listener = (learnerId: string, state: SandboxState) => void;
type StartListener = (learnerId: string, sandboxId: string) => void;

export class LearnerSandboxes {
  readonly #client: SandboxClient;
  readonly #store: SandboxStore;
  readonly #lifetimes: LifetimeStore;
  readonly #rules: Lifetimes;
  readonly #queue: SandboxQueue;
  readonly #log: Log;
  readonly #changes = new MachineChanges();
  readonly #dockerStarts: DockerStarts;
  readonly #listeners = new Set<Listener>();
  readonly #startListeners = new Set<StartListener>();

  constructor({ client, store, rules, queue, log }: LearnerSandboxesOptions) {
    this.#client = client;
    this.#store = store.sandboxes;
    this.#lifetimes = store.lifetimes;
    this.#rules = rules;
    this.#queue = queue;
    this.#log = log;
    this.#dockerStarts = new DockerStarts({ client, onOutcome: (id) => this.announce(id), log });
  }

  /** Told of every state that may be new. Returns what ends it. */
  onState(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Told of every machine that was made or started again, before anybody sees it run. Returns what ends it. */
  onStart(listener: StartListener): () => void {
    this.#startListeners.add(listener);
    return () => this.#startListeners.delete(listener);
  }

  /** Never rejects for a sandbox-server that is down: that is a state. */
  async state(learnerId: string): Promise<SandboxState> {
    // Also while it is being tried whether there is one now.
    const queued = this.#queue.state(learnerId);
    if (queued) return queued;
    if (this.#changes.of(learnerId)) return startingSandbox;
    try {
      const view = await this.view(learnerId);
      if (view?.docker === 'starting') this.#dockerStarts.follow(learnerId, view);
      if (!view) return noSandbox;
      const record = view.status === 'stopped' ? this.#lifetimes.find(view.id) : null;
      const stopped = record && stoppedMachine(record, this.#rules);
      return { ...stateOf(view), ...(stopped && { stopped }) };
    } catch (error) {
      if (!(error instanceof CodedError) || error.code !== 'SANDBOX_SERVER_DOWN') throw error;
      return unavailableSandbox;
    }
  }

  /** The state asked for anew, and told to the listeners. */
  async announce(learnerId: string): Promise<SandboxState> {
    return this.#tell(learnerId, await this.state(learnerId));
  }

  /** Null where the learner has none, or it is gone. */
  async view(learnerId: string, options: { docker?: DockerAsked } = {}): Promise<SandboxView | null> {
    const sandboxId = this.#store.find(learnerId);
    if (sandboxId === null) return null;
    try {
      return await this.#client.view(sandboxId, options);
    } catch (error) {
      if (!isGone(error)) throw error;
      this.#store.forget(learnerId, sandboxId);
      this.#log.info({ sandboxId }, 'a recorded sandbox is gone');
      return null;
    }
  }

  /** Throws SANDBOX_GONE where there is none and SANDBOX_NOT_RUNNING where it does not run. */
  async requireRunning(learnerId: string): Promise<SandboxView> {
    const view = await this.view(learnerId);
    if (view?.status === 'running') return view;
    throw view
      ? new CodedError('SANDBOX_NOT_RUNNING', `sandbox ${view.id} is stopped; POST /api/sandbox starts it`)
      : new CodedError('SANDBOX_GONE', 'this learner has no sandbox; POST /api/sandbox makes one');
  }

  /** A machine that runs: the one there is, started if need be, or a fresh one; where there is no room, a place in the queue. */
  async ensure(learnerId: string): Promise<SandboxState> {
    // Nobody overtakes those who wait.
    if (this.#queue.length > 0 && !this.#changes.of(learnerId)) {
      const view = this.#queue.has(learnerId) ? null : await this.view(learnerId);
      if (view?.status !== 'running') return this.#wait(learnerId);
    }
    return (await this.#queue.orJoin(learnerId, () => this.serve(learnerId))) ?? this.#wait(learnerId);
  }

  /** As `ensure`, for who is first in the queue: rejects where there still is no room. */
  serve(learnerId: string): Promise<SandboxState> {
    return this.#change(learnerId, async () => {
      const view = await this.view(learnerId);
      if (!view) return this.#create(learnerId);
      if (view.status !== 'stopped') return view;
      const started = await this.#client.start(view.id);
      this.#announceStart(learnerId, view.id);
      return started;
    });
  }

  #wait(learnerId: string): SandboxState {
    this.#queue.join(learnerId);
    return this.#tell(learnerId, this.#queue.state(learnerId) ?? noSandbox);
  }

  /**
   * Ends what runs in the machine and keeps its disk. `ended`: whether this did it, or it was stopped or gone before.
   * Throws SANDBOX_START_FAILED while it is being started or replaced.
   */
  stop(learnerId: string): Promise<{ ended: 'now' | 'before' | 'gone' }> {
    return this.#end(learnerId, async () => {
      const view = await this.view(learnerId);
      if (!view) return { ended: 'gone' };
      if (view.status === 'stopped') return { ended: 'before' };
      await this.#client.stop(view.id);
      return { ended: 'now' };
    });
  }

  /** Removes the machine with its disk. Throws as `stop` does. */
  remove(learnerId: string): Promise<void> {
    return this.#end(learnerId, async () => {
      const sandboxId = this.#store.find(learnerId);
      if (sandboxId !== null) await this.#destroy(learnerId, sandboxId);
    });
  }

  async #end<T>(learnerId: string, work: () => Promise<T>): Promise<T> {
    try {
      return await this.#changes.end(learnerId, work);
    } finally {
      this.#queue.look();
    }
  }

  /** A fresh machine in place of the one there is. Asked while one is being made anyway, it joins that. */
  async reset(learnerId: string): Promise<SandboxState> {
    if (this.#queue.has(learnerId)) return this.#wait(learnerId);
    const replace = async (): Promise<SandboxView> => {
      const sandboxId = this.#store.find(learnerId);
      if (sandboxId !== null) await this.#destroy(learnerId, sandboxId);
      return this.#create(learnerId);
    };
    const change = () => this.#change(learnerId, () => this.#queue.hold(replace));
    // They had a machine until now.
    return (await this.#queue.orJoin(learnerId, change, { atFront: true })) ?? this.#wait(learnerId);
  }

  /** `work` takes the machine back to an earlier state. Throws SANDBOX_START_FAILED where something else is under way. */
  async restore(learnerId: string, work: () => Promise<SandboxView>): Promise<SandboxState> {
    this.#changes.requireNone(learnerId);
    try {
      return await this.#change(learnerId, work);
    } catch (error) {
      // Nobody waits in the queue for it: the machine is what it was.
      if (shortageOf(error) !== null) await this.announce(learnerId);
      throw error;
    }
  }

  async startDocker(learnerId: string): Promise<SandboxState> {
    const { id } = await this.requireRunning(learnerId);
    const view = await this.#client.startDocker(id);
    if (view.docker === 'starting') this.#dockerStarts.follow(learnerId, view);
    return this.#tell(learnerId, stateOf(view));
  }

  async #change(learnerId: string, change: () => Promise<SandboxView>): Promise<SandboxState> {
    const running = this.#changes.of(learnerId);
    if (running) return stateOf(await running);
    const changing = this.#changes.begin(learnerId, change);
    if (!this.#queue.has(learnerId)) this.#tell(learnerId, startingSandbox);
    try {
      const view = await changing;
      if (view.docker === 'starting') this.#dockerStarts.follow(learnerId, view);
      return this.#tell(learnerId, stateOf(view));
    } catch (error) {
      // They will be told of their place in the queue.
      if (shortageOf(error) !== null) throw error;
      void this.announce(learnerId).catch((cause: unknown) => {
        if (!isAborted(cause)) this.#log.error({ err: cause }, 'no sandbox state');
      });
      throw error;
    }
  }

  async #create(learnerId: string): Promise<SandboxView> {
    const view = await this.#client.create({});
    this.#store.assign(learnerId, view.id);
    this.#announceStart(learnerId, view.id);
    this.#log.info({ sandboxId: view.id }, 'a sandbox was handed out');
    return view;
  }

  async #destroy(learnerId: string, sandboxId: string): Promise<void> {
    try {
      await this.#client.destroy(sandboxId);
    } catch (error) {
      if (!isGone(error)) throw error;
    }
    this.#store.forget(learnerId, sandboxId);
  }

  #announceStart(learnerId: string, sandboxId: string): void {
    this.#queue.leave(learnerId);
    for (const listener of this.#startListeners) listener(learnerId, sandboxId);
  }

  #tell(learnerId: string, state: SandboxState): SandboxState {
    for (const listener of this.#listeners) listener(learnerId, state);
    return state;
  }
}
