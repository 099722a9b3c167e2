import { parseArgs } from 'node:util';
import { closest } from '../course/closest.ts';
import { CodedError } from '../protocol/errors.ts';
import type { Arguments, Command } from './command.ts';

/** Throws USAGE for what the command does not take, naming the nearest that it does. `--help` is an option of all. */
export function parseArguments(
  name: string,
  command: Command,
  argv: string[],
): Arguments & { help: boolean } {
  const separator = argv.indexOf('--');
  const own = separator === -1 ? argv : argv.slice(0, separator);
  const rest = separator === -1 ? null : argv.slice(separator + 1);
  const options = { ...command.options, help: { type: 'boolean' as const, short: 'h' } };
  const { tokens } = parseArgs({ args: own, options, strict: false, allowPositionals: true, tokens: true });

  const values: Record<string, string | boolean | undefined> = {};
  for (const [option, spec] of Object.entries(command.options)) {
    values[option] = spec.type === 'boolean' ? false : undefined;
  }
  const positionals: string[] = [];
  let help = false;
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind !== 'option') continue;
    if (token.name === 'help') help = true;
    else values[token.name] = valueOf(name, command, token);
  }
  if (!help) judgeWords(name, command, positionals, rest);
  return { values: values as Arguments['values'], positionals, rest, help };
}

interface OptionToken {
  name: string;
  rawName: string;
  value: string | undefined;
  inlineValue: boolean | undefined;
}

function valueOf(name: string, command: Command, token: OptionToken): string | boolean {
  const spec = command.options[token.name];
  if (!spec) {
    const known = [...Object.keys(command.options), 'help'];
    const near = closest(token.name, known);
    const options = known.map((option) => `--${option}`).join(', ');
    throw usage(
      name,
      `there is no option ${token.rawName}; ${near ? `did you mean --${near}?` : `there are ${options}`}`,
    );
  }
  if (spec.type === 'boolean') {
    if (token.inlineValue) throw usage(name, `${token.rawName} takes no value, but was given ${token.value}`);
    return true;
  }
  if (
    token.value === undefined ||
    token.value === '' ||
    (!token.inlineValue && token.value.startsWith('-'))
  ) {
    throw usage(name, `${token.rawName} needs a value: ${token.rawName} ${spec.value ?? 'VALUE'}`);
  }
  return token.value;
}

function judgeWords(name: string, command: Command, positionals: string[], rest: string[] | null): void {
  const { min, max } = command.positionals ?? { min: 0, max: 0 };
  if (positionals.length > max) {
    const extra = positionals[max]!;
    const hint = command.takesRest
      ? `; the command to run stands after --, as in: -- ${positionals.join(' ')}`
      : '';
    throw usage(name, `${extra} was not expected here${hint}`);
  }
  if (positionals.length < min) throw usage(name, `something is missing: ${command.usage}`);
  if (command.takesRest && (rest === null || rest.length === 0)) {
    throw usage(name, `the command to run is missing: ${command.usage}`);
  }
  if (!command.takesRest && rest !== null) throw usage(name, `-- was not expected here`);
}

/** A USAGE error that says where to read on. */
export function usage(name: string, message: string): CodedError {
  const sentence = message.endsWith('?') ? message : `${message}.`;
  return new CodedError('USAGE', `${sentence} Read: chrootcamp ${name === '' ? '' : `${name} `}--help`);
}
