/**
 * Whether a terminal waits for a command. Its shell says so (OSC 133) where it is the machine's own; of a shell in a
 * container only the look of its screen is known. Anything can print these bytes: a Run button may then be wrong, and
 * nothing more rests on it.
 */
import type { Terminal } from '@xterm/headless';

/** Prompts of interpreters that are no shells but read lines as one does. */
const otherPrompts = /^(?:>>>|\.\.\.|In \[\d+\]:|\w*(?:[=(]#|=>|[-']>)|mysql>|\d[\d.:]*>)\s*$/;
/** The last word of a shell's prompt, with the cursor right after it. */
const shellPrompt = /[#$%] $/;
/** What a shell asks for the rest of an unfinished command with. */
const continuation = /^> /;

export class PromptWatch {
  readonly #terminal: Terminal;
  /** The last mark of OSC 133; null before the first. */
  #mark: 'prompt' | 'output' | null = null;
  #waiting: (() => void)[] = [];
  #directory: string | null = null;

  /** `onCommandFinished`: OSC 133 D, a hint that it is worth to look. */
  constructor(terminal: Terminal, onCommandFinished: () => void) {
    this.#terminal = terminal;
    terminal.parser.registerOscHandler(133, (data) => {
      if (data.startsWith('B')) this.#mark = 'prompt';
      if (data.startsWith('C')) this.#mark = 'output';
      if (data.startsWith('D')) onCommandFinished();
      return false;
    });
    terminal.parser.registerOscHandler(7, (data) => {
      this.#directory = directoryOf(data) ?? this.#directory;
      return false;
    });
    // Readline asks for bracketed pastes anew each time it begins to read a line.
    terminal.parser.registerCsiHandler({ prefix: '?', final: 'h' }, (modes) => {
      // The terminal takes the mode in after this.
      if (modes.includes(2004)) queueMicrotask(() => this.#tell());
      return false;
    });
  }

  /** A shell waits for a command, as far as can be seen. */
  get isAtPrompt(): boolean {
    const { buffer, modes } = this.#terminal;
    if (buffer.active.type === 'alternate') return false;
    const line = buffer.active.getLine(buffer.active.baseY + buffer.active.cursorY);
    const before = line?.translateToString(false, 0, buffer.active.cursorX) ?? '';
    if (this.#mark === 'prompt') return !continuation.test(before);
    if (otherPrompts.test(before) || continuation.test(before)) return false;
    return modes.bracketedPasteMode || shellPrompt.test(before);
  }

  /** Where the machine's own shell is, absolute, as it said last (OSC 7); null before that. A hint like the rest. */
  get directory(): string | null {
    return this.#directory;
  }

  get takesBracketedPaste(): boolean {
    return this.#terminal.modes.bracketedPasteMode;
  }

  /** Calls back once, at the next line that readline begins to read. Returns what calls it off. */
  onNextLine(callback: () => void): () => void {
    this.#waiting.push(callback);
    return () => (this.#waiting = this.#waiting.filter((one) => one !== callback));
  }

  #tell(): void {
    for (const callback of this.#waiting.splice(0)) callback();
  }
}

/** Of `file://host/path`, percent-encoded. */
function directoryOf(data: string): string | null {
  const path = /^file:\/\/[^/]*(\/.*)$/s.exec(data)?.[1];
  if (path === undefined) return null;
  try {
    const decoded = decodeURIComponent(path);
    return decoded.includes('\0') || decoded.length > 4096 ? null : decoded;
  } catch {
    return null;
  }
}
