/** `node portal/main.ts --config FILE.json`. Says `{"ready":true,"port":N}` on standard output once it listens. */
import { parseArgs } from 'node:util';
import { CodedError } from '../protocol/errors.ts';
import { readConfig } from './config.ts';
import { createLog } from './log.ts';
import { startPortal } from './portal.ts';

/** For what hangs when it should end: the supervisor waits no longer either. */
const exitDeadlineMs = 5_000;

try {
  const { values } = parseArgs({ options: { config: { type: 'string' } } });
  if (values.config === undefined) throw new CodedError('USAGE', 'expected --config FILE.json');
  const config = readConfig(values.config);
  const log = createLog(config.logLevel);
  const portal = await startPortal(config, log);
  process.stdout.write(`${JSON.stringify({ ready: true, port: portal.port })}\n`);

  const stop = async (signal: string): Promise<void> => {
    log.info({ signal }, 'stopping');
    setTimeout(() => process.exit(1), exitDeadlineMs).unref();
    await portal[Symbol.asyncDispose]();
  };
  process.once('SIGTERM', (signal) => void stop(signal));
  process.once('SIGINT', (signal) => void stop(signal));
} catch (error) {
  const text =
    error instanceof CodedError ? `${error.code}: ${error.message}` : String((error as Error).stack);
  process.stderr.write(`${text}\n`);
  process.exitCode = 1;
}
