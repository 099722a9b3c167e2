import { destination, pino } from 'pino';
import type { DestinationStream, Logger } from 'pino';
import type { PortalConfig } from './config.ts';

export type Log = Logger;

/** JSON lines, on standard error. Ids, sizes and codes go in; bytes of terminals, answers and cookies never do. */
export function createLog(
  level: PortalConfig['logLevel'],
  stream: DestinationStream = destination({ fd: 2, sync: false }),
): Log {
  return pino({ level, base: { room: 'portal' } }, stream);
}
