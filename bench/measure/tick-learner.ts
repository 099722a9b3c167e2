/** One learner at work: changes the state of their machine, and notes when the page is told of it. */
import { setTimeout as delay } from 'node:timers/promises';
import type { ExerciseState, SandboxState } from '../../protocol/portal-api.ts';
import { BrowserSession, type TerminalSession } from './browser-session.ts';

const lesson = 'first-steps/hello-world';
const exercise = `${lesson}/exit-code`;
const patienceMs = 60_000;

export class TickLearner {
  readonly #terminal: TerminalSession;
  readonly #left = new AbortController();
  readonly #following: Promise<void>;
  #pending = '';
  #complete: boolean | null = null;
  #changed = Promise.withResolvers<void>();

  private constructor(session: BrowserSession, terminal: TerminalSession) {
    this.#terminal = terminal;
    this.#following = session.follow(lesson, (text) => this.#onText(text), this.#left.signal);
  }

  /** With a machine whose Docker is up, at a prompt, with the lesson open. */
  static async arrive(url: string): Promise<TickLearner> {
    const session = new BrowserSession(url);
    await session.request('GET', '/api/me');
    await session.request<SandboxState>('POST', '/api/sandbox');
    const terminal = await session.openTerminal();
    await terminal.see('root@camp');
    const learner = new TickLearner(session, terminal);
    await learner.#until(false);
    terminal.type('docker pull -q busybox; echo en""ded\r');
    await terminal.see('ended');
    return learner;
  }

  /**
   * Milliseconds from a container's end to the tick, and from its removal to the un-tick: on the wire, by the one clock
   * that the machine and we share.
   */
  async work(): Promise<number[]> {
    const tick = await this.#change('docker run busybox sh -c "exit 42"', true);
    const untick = await this.#change('docker rm $(docker ps -aq) >/dev/null', false);
    return [tick, untick];
  }

  async #change(command: string, isComplete: boolean): Promise<number> {
    this.#terminal.type(`${command}; echo at""=$(date +%s%3N)=\r`);
    const told = this.#until(isComplete).then(() => Date.now());
    const [, at = ''] = await this.#terminal.find(/at=(\d{13})=/);
    return Math.max(0, (await told) - Number(at));
  }

  async #until(isComplete: boolean): Promise<void> {
    const patience = delay(patienceMs, 'late' as const, { ref: false });
    while (this.#complete !== isComplete) {
      if ((await Promise.race([this.#changed.promise, patience])) === 'late') {
        throw new Error(`the page was told nothing within ${patienceMs} ms`);
      }
    }
  }

  #onText(text: string): void {
    const blocks = (this.#pending + text).split('\n\n');
    this.#pending = blocks.pop() ?? '';
    for (const block of blocks) {
      const data = /^event: exercise\ndata: (.*)$/m.exec(block)?.[1];
      const state = data === undefined ? null : (JSON.parse(data) as ExerciseState);
      if (state?.exerciseId !== exercise || state.verdicts.length === 0) continue;
      this.#complete = state.complete;
      this.#changed.resolve();
      this.#changed = Promise.withResolvers();
    }
  }

  /** Leaves the page; the machine stays. */
  async leave(): Promise<void> {
    this.#terminal.close();
    this.#left.abort();
    await this.#following;
  }
}
