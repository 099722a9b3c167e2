import { CodedError, messageOf } from '../protocol/errors.ts';
import { exitCodes } from './exit-code.ts';
import { Interrupted } from './interrupt.ts';

/** Says what went wrong, on standard error (and as JSON on standard output where that was asked), and gives the exit status. */
export function reportFailure(error: unknown, { json }: { json: boolean }): number {
  if (error instanceof Interrupted) {
    const words = 'interrupted. What was finished is kept; run the same command again to go on.';
    process.stderr.write(`chrootcamp: ${words}\n`);
    return exitCodes.interrupted;
  }
  const coded = error instanceof CodedError ? error : null;
  // Our own errors say where to look; anything else is a fault of ours, and its stack tells more.
  const words = coded
    ? coded.message
    : error instanceof Error
      ? (error.stack ?? error.message)
      : String(error);
  process.stderr.write(`chrootcamp: ${words}${coded ? ` (${coded.code})` : ''}\n`);
  if (error instanceof AggregateError) {
    for (const one of error.errors) process.stderr.write(`  - ${messageOf(one)}\n`);
  }
  if (json && coded) process.stdout.write(`${JSON.stringify(coded.toBody())}\n`);
  return coded?.code === 'USAGE'
    ? exitCodes.usage
    : coded?.code === 'NOT_RUNNING'
      ? exitCodes.notRunning
      : exitCodes.failed;
}
