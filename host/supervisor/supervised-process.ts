/** One process, kept running: started again after it died, each time a little later, until it is told to stop. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { CodedError } from '../../protocol/errors.ts';
import type { ProcessIdentity } from '../process-identity.ts';
import { identifyProcess } from '../process-identity.ts';
import { backoffMs, steadyAfterMs } from './backoff.ts';
import type { LogFile } from './log-file.ts';
import { ReadyLineReader } from './ready-line.ts';

export interface ProcessPlan {
  name: string;
  program: string;
  arguments: string[];
  cwd: string;
  /** Added to ours. */
  env?: Record<string, string>;
  /** From start to its ready line. */
  readyTimeoutMs: number;
}

export interface ProcessState {
  name: string;
  status: 'starting' | 'ready' | 'waiting' | 'stopped';
  /** Null while it does not run. */
  identity: ProcessIdentity | null;
  restarts: number;
}

export interface SupervisedProcessOptions {
  plan: ProcessPlan;
  log: LogFile;
  onChange: (state: ProcessState) => void;
  /** The wait before the nth restart in a row. */
  backoff?: (failures: number) => number;
}

const lastWordsBytes = 2_000;
const drainMs = 200;

export class SupervisedProcess {
  readonly #options: SupervisedProcessOptions;
  readonly #stopping = new AbortController();
  #child: ChildProcess | null = null;
  #ended: Promise<void> = Promise.resolve();
  #lastWords = '';
  #state: ProcessState;
  #restartNow = false;
  #hasBeenReady = false;

  constructor(options: SupervisedProcessOptions) {
    this.#options = options;
    this.#state = { name: options.plan.name, status: 'stopped', identity: null, restarts: 0 };
  }

  get state(): ProcessState {
    return this.#state;
  }

  /** Ever since `start`. */
  get hasBeenReady(): boolean {
    return this.#hasBeenReady;
  }

  /** Resolves when it is ready for the first time; rejects, and does not try again, when it ends before. */
  async start(): Promise<void> {
    const first = Promise.withResolvers<void>();
    this.#ended = this.#keepRunning(first);
    await first.promise;
  }

  /** Ends it by SIGTERM, to be started anew at once. Where it does not run, it is about to be started anyway. */
  restart(): void {
    if (!this.#child) return;
    this.#restartNow = true;
    this.#child.kill('SIGTERM');
  }

  /**
   * Ends it for good: by `ask` where given, else by SIGTERM, and by SIGKILL when it is still there after `graceMs`.
   * Resolves with false when SIGKILL was needed.
   */
  async stop({ graceMs, ask }: { graceMs: number; ask?: () => Promise<void> }): Promise<boolean> {
    this.#stopping.abort();
    const child = this.#child;
    if (!child) {
      await this.#ended;
      return true;
    }
    let gentle = true;
    const kill = setTimeout(() => {
      gentle = false;
      child.kill('SIGKILL');
    }, graceMs);
    try {
      if (ask) await Promise.race([ask(), this.#ended]);
      else child.kill('SIGTERM');
      await this.#ended;
    } catch (error) {
      this.#options.log.note(`it could not be asked to stop: ${(error as Error).message}`);
      child.kill('SIGTERM');
      await this.#ended;
      return false;
    } finally {
      clearTimeout(kill);
    }
    return gentle;
  }

  async #keepRunning(first: PromiseWithResolvers<void>): Promise<void> {
    let failures = 0;
    while (!this.#stopping.signal.aborted) {
      const startedAt = Date.now();
      const ending = await this.#runOnce(() => {
        this.#hasBeenReady = true;
        first.resolve();
      });
      if (!this.#hasBeenReady) {
        first.reject(this.#startFailure(ending));
        break;
      }
      if (this.#stopping.signal.aborted) break;
      const asked = this.#restartNow;
      this.#restartNow = false;
      failures = asked || Date.now() - startedAt >= steadyAfterMs ? 1 : failures + 1;
      const waitMs = asked ? 0 : (this.#options.backoff ?? backoffMs)(failures);
      this.#options.log.note(`${ending}; it is started again in ${waitMs} ms`);
      this.#change({ status: 'waiting', identity: null, restarts: this.#state.restarts + 1 });
      await delay(waitMs, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
    }
    this.#change({ status: 'stopped', identity: null });
  }

  /** Resolves, when the process has ended, with how. */
  async #runOnce(onReady: () => void): Promise<string> {
    const { plan, log } = this.#options;
    const ended = Promise.withResolvers<string>();
    // A session of its own: Ctrl-C in our terminal must reach only us, who end things in order.
    const child = spawn(plan.program, plan.arguments, {
      env: { ...process.env, ...plan.env },
      cwd: plan.cwd,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    this.#lastWords = '';
    child.once('error', (error) => ended.resolve(`it could not be started: ${error.message}`));
    child.once('exit', (code, signal) =>
      ended.resolve(signal ? `ended by ${signal}` : `exited with ${code}`),
    );
    this.#change({
      status: 'starting',
      identity: child.pid === undefined ? null : identifyProcess(child.pid),
    });

    const late = setTimeout(() => {
      log.note(`not ready after ${plan.readyTimeoutMs} ms: it is ended`);
      child.kill('SIGKILL');
    }, plan.readyTimeoutMs);
    const reader = new ReadyLineReader(() => {
      clearTimeout(late);
      this.#change({ status: 'ready' });
      onReady();
    });
    const keep = (chunk: Buffer) => {
      log.append(chunk);
      this.#lastWords = (this.#lastWords + chunk.toString('utf8')).slice(-lastWordsBytes);
    };
    child.stdout!.on('data', (chunk: Buffer) => {
      keep(chunk);
      reader.push(chunk);
    });
    child.stderr!.on('data', keep);
    const ending = await ended.promise;
    clearTimeout(late);
    // What it wrote last may still be in the pipe, which in turn some child of its own may hold open.
    await Promise.race([once(child, 'close'), delay(drainMs)]);
    this.#child = null;
    return ending;
  }

  #startFailure(ending: string): CodedError {
    const { plan, log } = this.#options;
    const words = this.#lastWords.trim() || 'it said nothing';
    const message = `${plan.name} did not start: ${ending}. Its last words:\n${words}\nAll of them: ${log.path}`;
    return new CodedError('INTERNAL', message);
  }

  #change(change: Partial<ProcessState>): void {
    this.#state = { ...this.#state, ...change };
    this.#options.onChange(this.#state);
  }
}
