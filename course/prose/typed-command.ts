import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

/** One command as it is typed: a line, or the lines that a shell would go on reading. */
export interface TypedCommand {
  /** Of the lesson's file, from 1. */
  line: number;
  text: string;
}

/** Splits a block of shell lines where a shell would have read a whole command. Blank lines and comments are no command. */
export async function typedCommands(lines: readonly string[], firstLine: number): Promise<TypedCommand[]> {
  const commands: TypedCommand[] = [];
  let begun: string[] = [];
  for (const [index, line] of lines.entries()) {
    if (begun.length === 0 && /^\s*(?:#.*)?$/.test(line)) continue;
    begun.push(line);
    const text = begun.join('\n');
    if (index < lines.length - 1 && !(await isWhole(text))) continue;
    commands.push({ line: firstLine + index - begun.length + 1, text });
    begun = [];
  }
  return commands;
}

/** Whether bash has all of a command; a here-document without its end is only warned of. */
async function isWhole(command: string): Promise<boolean> {
  if (/(?:^|[^\\])(?:\\\\)*\\$/.test(command)) return false;
  const child = spawn('bash', ['-n'], {
    stdio: ['pipe', 'ignore', 'pipe'],
    env: { ...process.env, LC_ALL: 'C' },
  });
  child.stdin.on('error', () => undefined);
  child.stdin.end(`${command}\n`);
  const [said] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  return !/here-document at line \d+ delimited by end-of-file|unexpected (?:end of file|EOF)/.test(said);
}
