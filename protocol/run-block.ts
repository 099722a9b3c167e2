/**
 * What a Run button runs. A page names its block by lesson and index; the portal looks the text up in the course, so that
 * a page cannot be made to run anything else. Both sides read a block by the rules of this file.
 */
import { createHash } from 'node:crypto';

/** Languages of blocks that are commands; only those marked `run` can be run. */
export const shellLanguages: readonly string[] = ['sh', 'bash', 'shell'];

/**
 * The commands of a block as one would type them: the `$ ` before each line is stripped. Where any line has a prompt,
 * lines without one are output and left out, except what continues a command (a backslash at the end of the line before).
 */
export function stripPrompts(block: string): string {
  const lines = block.replace(/\n+$/, '').split('\n');
  if (!lines.some(hasPrompt)) return lines.join('\n');
  const commands: string[] = [];
  let continues = false;
  for (const line of lines) {
    if (!continues && !hasPrompt(line)) continue;
    const command = continues ? line.replace(/^> /, '') : line.slice(2);
    commands.push(command);
    continues = isContinued(command);
  }
  return commands.join('\n');
}

/** The next line belongs to the same command. */
function isContinued(line: string): boolean {
  return /(?:^|[^\\])(?:\\\\)*\\$/.test(line);
}

/**
 * 16 hexadecimal digits by which page and portal know that they speak of the same commands: a page built from an older
 * course must not run what it does not show. White space counts for one space, since the page's may be laid out.
 */
export function digestOf(commands: string): string {
  return createHash('sha256').update(commands.replace(/\s+/g, ' ').trim()).digest('hex').slice(0, 16);
}

function hasPrompt(line: string): boolean {
  return line.startsWith('$ ');
}
