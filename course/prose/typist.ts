/** Types commands into a terminal as a learner would, and finds out how each ended. */
import { setTimeout as delay } from 'node:timers/promises';
import { keyBytes } from './keys.ts';

export interface CommandEnd {
  /** Null: no prompt came back in time. */
  exitCode: number | null;
  /** What the terminal showed, without its control sequences. */
  output: string;
}

export interface TypeCommand {
  text: string;
  /** Pressed once the command has said something, instead of waiting for its end. */
  keys?: readonly string[];
  timeoutMs: number;
}

/** The machine's shell marks the end of a command; any other shell is asked with this, which changes nothing, not even `$?`. */
const probe = `(s=$?; printf '\\033]7777;%d\\007' "$s"; exit "$s")`;
// oxlint-disable-next-line no-control-regex
const probed = /\x1b\]7777;(\d+)\x07/;
// oxlint-disable-next-line no-control-regex
const ended = /\x1b\]133;D;(\d+)(?:\x07|\x1b\\)/;
// oxlint-disable-next-line no-control-regex
const promptShown = /\x1b\]133;B(?:\x07|\x1b\\)/;
// oxlint-disable-next-line no-control-regex
const commandBegan = /\x1b\]133;C(?:\x07|\x1b\\)/;
/** Silence after which a shell without marks is taken to wait for the next line. */
const quietMs = 500;
const lookMs = 25;

export class Typist {
  readonly #write: (text: string) => void;
  /** Since the last command was typed. */
  #seen = '';
  #bracketedPaste = false;
  #heardAtMs = performance.now();

  constructor(write: (text: string) => void) {
    this.#write = write;
  }

  /** What the terminal wrote. */
  hear(text: string): void {
    this.#seen += text;
    this.#heardAtMs = performance.now();
    const last = Math.max(this.#seen.lastIndexOf('\u001b[?2004h'), this.#seen.lastIndexOf('\u001b[?2004l'));
    if (last !== -1) this.#bracketedPaste = this.#seen.startsWith('\u001b[?2004h', last);
  }

  /** Resolves with whether the shell's first prompt came. */
  async firstPrompt({ timeoutMs, signal }: { timeoutMs: number; signal: AbortSignal }): Promise<boolean> {
    return this.#until(() => promptShown.test(this.#seen), { timeoutMs, signal });
  }

  async run({
    text,
    keys = [],
    timeoutMs,
    signal,
  }: TypeCommand & { signal: AbortSignal }): Promise<CommandEnd> {
    this.#seen = '';
    this.#paste(text);
    const endMs = performance.now() + timeoutMs;
    const left = (): number => endMs - performance.now();
    if (keys.length > 0) await this.#press(keys, { timeoutMs: left(), signal });
    const isEnded = (): boolean =>
      ended.test(this.#seen) && promptShown.test(this.#seen.slice(ended.exec(this.#seen)!.index));
    await this.#until(() => isEnded() || this.#isQuiet(quietMs), { timeoutMs: left(), signal });
    if (!isEnded()) {
      this.#write(`${probe}\r`);
      await this.#until(() => probed.test(this.#seen), { timeoutMs: left(), signal });
    }
    // What a prompt still writes belongs to this command, not to the next.
    await this.#until(() => this.#isQuiet(2 * lookMs), { timeoutMs: 1_000, signal });
    return { exitCode: exitCodeOf(this.#seen), output: plain(this.#seen) };
  }

  #paste(text: string): void {
    if (this.#bracketedPaste) this.#write(`\u001b[200~${text}\u001b[201~\r`);
    else this.#write(`${text.replaceAll('\n', '\r')}\r`);
    this.#heardAtMs = performance.now();
  }

  /** A key that comes before the program can read it is lost on the way, as it is with people. */
  async #press(
    keys: readonly string[],
    { timeoutMs, signal }: { timeoutMs: number; signal: AbortSignal },
  ): Promise<void> {
    const hasSpoken = (): boolean => {
      const began = commandBegan.exec(this.#seen);
      const said = began === null ? this.#seen : this.#seen.slice(began.index + began[0].length);
      return plain(said).trim() !== '' && this.#isQuiet(quietMs);
    };
    await this.#until(() => hasSpoken() || this.#isQuiet(10 * quietMs), { timeoutMs, signal });
    for (const key of keys) {
      this.#write(keyBytes(key) ?? '');
      await pause(2 * lookMs, signal);
    }
  }

  #isQuiet(ms: number): boolean {
    return performance.now() - this.#heardAtMs > ms;
  }

  async #until(
    isSo: () => boolean,
    { timeoutMs, signal }: { timeoutMs: number; signal: AbortSignal },
  ): Promise<boolean> {
    const endMs = performance.now() + timeoutMs;
    while (!isSo()) {
      if (performance.now() > endMs) return false;
      await pause(lookMs, signal);
    }
    return true;
  }
}

/** Rejects with the signal's reason, which says more than that it fired. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal }).catch(() => signal.throwIfAborted());
}

/** The shell's own mark is of the command, where it came before the answer to what was asked behind it. */
function exitCodeOf(seen: string): number | null {
  const end = ended.exec(seen);
  const answer = probed.exec(seen);
  if (end !== null && (answer === null || end.index < answer.index)) return Number(end[1]);
  return answer === null ? null : Number(answer[1]);
}

function plain(seen: string): string {
  return (
    seen
      // oxlint-disable-next-line no-control-regex
      .replaceAll(/\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b\[[0-?]*[ -/]*[@-~]|\x1b[@-_]/g, '')
      .replaceAll(/\r+\n/g, '\n')
      .split('\n')
      .filter((line) => !line.includes('7777;%d'))
      .map((line) => line.replace(/^.*\r(?!$)/, '').trimEnd())
      .join('\n')
      .trim()
  );
}
