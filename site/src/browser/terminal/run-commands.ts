/** What types the commands of a Run button. The emulator is one; a test has its own. */
export interface Typist {
  /** The program that reads brackets pastes: a shell's prompt, as a rule, which waits for a line. */
  readonly bracketedPaste: boolean;
  paste(text: string): void;
  type(input: string): void;
  /** Resolves when a prompt appears (true), or the learner presses a key before (false). */
  promptOrKey(): Promise<boolean>;
}

// Readline: to the end of the line, and away with all before. Other readers of lines, the kernel's too, know the second.
const clearReadline = '\u0005\u0015';
const clearLine = '\u0015';

/**
 * Types commands as a person would: what was left on the line is removed, and at a prompt that shows when it is ready each
 * line waits for the one before to end, so that its output stands below it. Elsewhere all are pasted at once. A key of the
 * learner's takes over: nothing more is typed. Resolves with whether all was.
 */
export async function runCommands(typist: Typist, commands: string): Promise<boolean> {
  if (!typist.bracketedPaste) {
    typist.type(clearLine);
    typist.paste(commands);
    typist.type('\r');
    return true;
  }
  const lines = commands.split('\n');
  for (const [index, line] of lines.entries()) {
    const next = index < lines.length - 1 ? typist.promptOrKey() : null;
    if (index === 0) typist.type(clearReadline);
    typist.paste(line);
    typist.type('\r');
    if (next && !(await next)) return false;
  }
  return true;
}
