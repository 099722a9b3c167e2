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
  const candidates = [argv.slice(0, 2).join(' '), argv[0]!];
  const found = contents.find((entry) => candidates.includes(entry.name));
  if (found) return found;
  const inGroup = contents.filter((entry) => entry.name.startsWith(`${argv[0]} `)).map((entry) => entry.name);
  if (inGroup.length > 0) {
    const second = inGroup.map((name) => name.slice(argv[0]!.length + 1));
    const near = argv[1] === undefined ? null : closest(argv[1], second);
    const found = argv[1] === undefined ? '' : `there is no ${candidates[0]}; `;
    const hint = near ? `did you mean ${argv[0]} ${near}?` : `expected one of: ${inGroup.join(', ')}`;
    throw usage('', `${found}${hint}`);
  }
  const names = contents.map((entry) => entry.name);
  const near = closest(candidates[0]!, names) ?? closest(argv[0]!, names);
  throw usage('', `there is no command ${argv[0]}${near ? `; did you mean ${near}?` : ''}`);
}
