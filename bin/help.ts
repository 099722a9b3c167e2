import type { Command } from './command.ts';
import { contents } from './contents.ts';

const exitStatuses = `Exit status:
  0 done   1 it failed   2 the command was not understood   3 the course does not run   130 interrupted`;

/** Of the program: the list of commands. */
export function programHelp(): string {
  const width = Math.max(...contents.map((entry) => entry.name.length));
  const lines = contents.map((entry) => `  ${entry.name.padEnd(width)}  ${entry.summary}`);
  return `Chrootcamp: a course on containers and Docker, with a Linux machine for each learner.

Usage: chrootcamp COMMAND [OPTION...]

${lines.join('\n')}

chrootcamp COMMAND --help says more of each. chrootcamp --version prints the version.

${exitStatuses}
`;
}

export function commandHelp(name: string, command: Command): string {
  const options = Object.entries(command.options).map(([option, spec]) => ({
    left: `--${option}${spec.type === 'string' ? ` ${spec.value ?? 'VALUE'}` : ''}`,
    right: spec.help,
  }));
  options.push({ left: '--help, -h', right: 'print this' });
  const width = Math.max(...options.map(({ left }) => left.length));
  const lines = options.map(({ left, right }) => `  ${left.padEnd(width)}  ${right}`);
  const usage = `Usage: chrootcamp ${name} ${command.usage}`.trimEnd();
  const details = command.details === undefined ? '' : `\n${command.details.trim()}\n`;
  return `${usage}\n\n${capitalised(command.summary)}.\n\n${lines.join('\n')}\n${details}\n${exitStatuses}\n`;
}

function capitalised(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
