/** Types the commands of a Run button into a terminal as a person would. */
import { CodedError } from '../../protocol/errors.ts';
import type { PromptWatch } from './prompt.ts';

export interface TypistOptions {
  /** Null while there is no screen; another one after output was missed. */
  prompt: () => PromptWatch | null;
  write: (bytes: Buffer) => void;
}

// Readline: to the end of the line, and away with all before. Other readers of lines, the kernel's too, know the second.
const clearReadline = '\x05\x15';
const clearLine = '\x15';

/** What an emulator sends by itself: answers to queries (DA, CPR, DECRPM, OSC, DCS) and reports of focus. */
// oxlint-disable-next-line no-control-regex -- escape sequences are what is looked for
const answers = /^(?:\x1b\[[?>=]?[\d;]*\$?[cRnyt]|\x1b\[[IO]|\x1b[\]P_][^\x07\x1b]*(?:\x07|\x1b\\))+$/;

/**
 * What was left on the line is removed, and where readline reads, each line waits for the one before to end, so that its
 * output stands below it. Elsewhere all are typed at once. A key of the learner's takes over: nothing more is typed.
 */
export class Typist implements Disposable {
  readonly #options: TypistOptions;
  #lines: string[] = [];
  #cancel: (() => void) | null = null;

  constructor(options: TypistOptions) {
    this.#options = options;
  }

  /** Types the first line now. Returns how many there are. Throws NOT_AT_PROMPT and RUN_BUSY. */
  run(commands: string): number {
    const prompt = this.#options.prompt();
    if (this.#cancel) throw new CodedError('RUN_BUSY', `${this.#lines.length} lines are still to be typed`);
    if (!prompt?.isAtPrompt) {
      throw new CodedError('NOT_AT_PROMPT', 'the terminal shows no prompt; expected a shell that waits');
    }
    const lines = withoutControls(commands).split('\n');
    if (!prompt.takesBracketedPaste) {
      this.#type(`${clearLine}${lines.join('\r')}\r`);
      return lines.length;
    }
    const count = lines.length;
    this.#lines = lines;
    this.#next(clearReadline);
    return count;
  }

  /** The learner's own input, before it is passed on. */
  onInput(bytes: Buffer): void {
    if (this.#cancel && !answers.test(bytes.toString('latin1'))) this[Symbol.dispose]();
  }

  [Symbol.dispose](): void {
    this.#cancel?.();
    this.#cancel = null;
    this.#lines = [];
  }

  #next(before = ''): void {
    const line = this.#lines.shift();
    this.#cancel = null;
    if (line === undefined) return;
    // Listened for first: the answer may come at once.
    if (this.#lines.length > 0) this.#cancel = this.#options.prompt()?.onNextLine(() => this.#next()) ?? null;
    this.#type(`${before}\x1b[200~${line}\x1b[201~\r`);
  }

  #type(text: string): void {
    this.#options.write(Buffer.from(text));
  }
}

/** The course is trusted, but for a slip: nothing in it may end the paste it is typed as. */
function withoutControls(commands: string): string {
  // oxlint-disable-next-line no-control-regex -- these are what is to be removed
  return commands.replaceAll(/[\x00-\x08\x0b-\x1f\x7f]/g, '');
}
