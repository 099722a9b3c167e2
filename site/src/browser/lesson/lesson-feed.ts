import type {
  ExerciseStart,
  ExerciseState,
  LifetimeState,
  SandboxState,
  TerminalsRevision,
} from '../../../../protocol/portal-api.ts';
import type { UsageReport } from '../../../../protocol/usage.ts';
import type { Machine } from '../machine/machine.ts';
import { Signal } from '../page/signal.ts';
import { FeedSource } from './feed-source.ts';

/** The events of a lesson page: verdicts for its exercises, and the machine's state. */
export class LessonFeed {
  readonly connected = new Signal(false);
  /** Another one when a terminal was opened, named or closed, here or elsewhere; `null` until heard of. */
  readonly terminals = new Signal<string | null>(null);
  readonly #exercises = new Map<string, Signal<ExerciseState | null>>();
  readonly #starts = new Map<string, Signal<ExerciseStart | null>>();
  readonly #others: { name: string; listener: (data: unknown) => void }[] = [];
  readonly #url: string;
  readonly #hearers: Record<string, (data: unknown) => void>;

  constructor(lessonId: string, machine: Machine) {
    const language = document.querySelector<HTMLElement>('camp-lesson')?.dataset.language;
    this.#url = `/api/lessons/${lessonId}/events${language === undefined ? '' : `?language=${language}`}`;
    this.#hearers = {
      sandbox: (data) => machine.accept(data as SandboxState),
      lifetime: (data) => machine.acceptLifetime(data as LifetimeState),
      usage: (data) => machine.acceptUsage(data as UsageReport),
      terminals: (data) => {
        const { revision } = data as TerminalsRevision;
        if (revision !== this.terminals.value) this.terminals.set(revision);
      },
      exercise: (data) => {
        const state = data as ExerciseState;
        this.exercise(state.exerciseId).set(state);
      },
      start: (data) => {
        const start = data as ExerciseStart;
        this.start(start.exerciseId).set(start);
      },
    };
  }

  /** An exercise's latest state; `null` until it was first looked at. */
  exercise(exerciseId: string): Signal<ExerciseState | null> {
    return signalIn(this.#exercises, exerciseId);
  }

  /** The start of an exercise that one can go back to; `null` until heard of. */
  start(exerciseId: string): Signal<ExerciseStart | null> {
    return signalIn(this.#starts, exerciseId);
  }

  /** Is told of events that no learner's page knows: see `protocol/dev-api.ts`. Before the stream is opened. */
  listen(name: string, listener: (data: unknown) => void): void {
    this.#others.push({ name, listener });
  }

  /** Opens it for as long as the page lives. */
  open(): void {
    const others = this.#others.map(({ name }) => name);
    new FeedSource({
      url: this.#url,
      names: [...Object.keys(this.#hearers), ...others],
      onEvent: (name, data) => {
        this.#hearers[name]?.(data);
        for (const other of this.#others) if (other.name === name) other.listener(data);
      },
      onConnected: (connected) => this.connected.set(connected),
    }).open();
  }
}

function signalIn<T>(signals: Map<string, Signal<T | null>>, key: string): Signal<T | null> {
  let signal = signals.get(key);
  if (!signal) signals.set(key, (signal = new Signal<T | null>(null)));
  return signal;
}
