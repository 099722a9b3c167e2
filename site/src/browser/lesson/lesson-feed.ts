import type {
  ExerciseStart,
  ExerciseState,
  LifetimeState,
  SandboxState,
} from '../../../../protocol/portal-api.ts';
import type { UsageReport } from '../../../../protocol/usage.ts';
import type { Machine } from '../machine/machine.ts';
import { backoffMs } from '../page/backoff.ts';
import { Signal } from '../page/signal.ts';

/** The one stream of events of a lesson page: verdicts for its exercises, and the machine's state. */
export class LessonFeed {
  readonly connected = new Signal(false);
  readonly #exercises = new Map<string, Signal<ExerciseState | null>>();
  readonly #starts = new Map<string, Signal<ExerciseStart | null>>();
  readonly #others: { name: string; listener: (data: unknown) => void }[] = [];
  readonly #url: string;
  readonly #machine: Machine;
  #failures = 0;

  constructor(lessonId: string, machine: Machine) {
    this.#url = `/api/lessons/${lessonId}/events`;
    this.#machine = machine;
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

  /** Opens the stream, and opens it again for as long as the page lives. */
  open(): void {
    const source = new EventSource(this.#url);
    source.addEventListener('open', () => {
      this.#failures = 0;
      this.connected.set(true);
    });
    source.addEventListener('sandbox', ({ data }: MessageEvent<string>) => {
      this.#machine.accept(JSON.parse(data) as SandboxState);
    });
    source.addEventListener('exercise', ({ data }: MessageEvent<string>) => {
      const state = JSON.parse(data) as ExerciseState;
      this.exercise(state.exerciseId).set(state);
    });
    source.addEventListener('lifetime', ({ data }: MessageEvent<string>) => {
      this.#machine.acceptLifetime(JSON.parse(data) as LifetimeState);
    });
    source.addEventListener('usage', ({ data }: MessageEvent<string>) => {
      this.#machine.acceptUsage(JSON.parse(data) as UsageReport);
    });
    source.addEventListener('start', ({ data }: MessageEvent<string>) => {
      const start = JSON.parse(data) as ExerciseStart;
      this.start(start.exerciseId).set(start);
    });
    for (const { name, listener } of this.#others) {
      source.addEventListener(name, ({ data }: MessageEvent<string>) => listener(JSON.parse(data)));
    }
    source.addEventListener('error', () => {
      this.connected.set(false);
      // Where the server answered with an error the browser gives up; where the network failed it tries by itself.
      if (source.readyState !== EventSource.CLOSED) return;
      this.#failures += 1;
      setTimeout(() => this.open(), Math.max(1_000, backoffMs(this.#failures, Math.random())));
    });
  }
}

function signalIn<T>(signals: Map<string, Signal<T | null>>, key: string): Signal<T | null> {
  let signal = signals.get(key);
  if (!signal) signals.set(key, (signal = new Signal<T | null>(null)));
  return signal;
}
