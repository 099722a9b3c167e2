import { expect, test } from 'vitest';
import { contents } from './contents.ts';
import { commandHelp, programHelp } from './help.ts';
import { parseArguments } from './parse-arguments.ts';

test.each(contents)(
  '$name has a help, and the list tells the same of it',
  async ({ name, summary, load }) => {
    const { command } = await load();
    expect(command.summary).toBe(summary);
    const help = commandHelp(name, command);
    expect(help).toContain(`Usage: chrootcamp ${name}`);
    for (const option of Object.keys(command.options)) expect(help).toContain(`--${option}`);
    expect(programHelp()).toContain(summary);
    expect(parseArguments(name, command, ['--help']).help).toBe(true);
  },
);

test('names are unique', () => {
  expect(new Set(contents.map(({ name }) => name)).size).toBe(contents.length);
});
