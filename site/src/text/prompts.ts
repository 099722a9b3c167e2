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
    continues = /(?:^|[^\\])(?:\\\\)*\\$/.test(command);
  }
  return commands.join('\n');
}

function hasPrompt(line: string): boolean {
  return line.startsWith('$ ');
}
