/** The `chrootcamp` command: finds the subcommand in the table of contents and runs it. */
import { closest } from '../course/closest.ts';
import { contents } from './contents.ts';
import type { Entry } from './contents.ts';
import { exitCodes } from './exit-code.ts';
import { reportFailure } from './failure.ts';
import { commandHelp, programHelp } from './help.ts';
import { interruptSignal } from './interrupt.ts';
import { parseArguments, usage } from './parse-arguments.ts';

// What is built must be readable to the course's own users, whatever the umask of who builds it.
process.umask(0o022);
process.exitCode = await main(process.argv.slice(2));

async function main(argv: string[]): Promise<number> {
  const signal = interruptSignal();
  const ownWords = argv.slice(0, argv.includes('--') ? argv.indexOf('--') : undefined);
  try {
    return await runCommand(argv, signal);
  } catch (error) {
    return reportFailure(error, { json: ownWords.includes('--json') });
  }
}

async function runCommand(argv: string[], signal: AbortSignal): Promise<number> {
  const [first] = argv;
  if (first === undefined || first === '--help' || first === '-h' || first === 'help') {
    process.stdout.write(programHelp());
    return exitCodes.ok;
  }
  if (first === '--version') {
    const { productVersion } = await import('../host/repository.ts');
    process.stdout.write(`${productVersion()}\n`);
    return exitCodes.ok;
  }
  const entry = findEntry(argv);
  const { command } = await entry.load();
  const given = parseArguments(entry.name, command, argv.slice(entry.name.split(' ').length));
  if (given.help) {
    process.stdout.write(commandHelp(entry.name, command));
    return exitCodes.ok;
  }
  if (command.needsRoot) {
    const { becomeRoot } = await import('./elevate.ts');
    becomeRoot();
  }
  return command.run(given, { signal });
}

/** By its first word, or its first two. Throws USAGE naming the nearest. */
function findEntry(argv: string[]): Entry {
  const [first = '', second] = argv;
  const candidates = [argv.slice(0, 2).join(' '), first];
  const found = contents.find((entry) => candidates.includes(entry.name));
  if (found) return found;
  const inGroup = contents.filter((entry) => entry.name.startsWith(`${first} `)).map((entry) => entry.name);
  if (inGroup.length > 0) {
    const expected = `expected one of: ${inGroup.join(', ')}`;
    if (second === undefined) throw usage('', expected);
    const near = closest(
      second,
      inGroup.map((name) => name.slice(first.length + 1)),
    );
    throw usage('', `there is no ${first} ${second}; ${near ? `did you mean ${first} ${near}?` : expected}`);
  }
  const names = contents.map((entry) => entry.name);
  const near = closest(candidates[0]!, names) ?? closest(first, names);
  throw usage('', `there is no command ${first}${near ? `; did you mean ${near}?` : ''}`);
}
