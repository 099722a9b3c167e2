/** The sandbox-server's process: `node sandbox-server/main.ts --config FILE`. Says `{"ready":true}` when it listens. */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { z } from 'zod';
import { CodedError } from '../protocol/errors.ts';
import { configSchema, type Config } from './config.ts';
import { RuncEngine } from './engines/runc/engine.ts';
import { listen } from './http/server.ts';
import { Fleet } from './sandboxes/fleet.ts';

function readConfig(path: string): Config {
  const result = configSchema.safeParse(JSON.parse(readFileSync(path, 'utf8')));
  if (!result.success) throw new CodedError('USAGE', `${path}: ${z.prettifyError(result.error)}`);
  return result.data;
}

const { values } = parseArgs({ options: { config: { type: 'string' } } });
if (values.config === undefined) throw new CodedError('USAGE', 'expected --config FILE');
const config = readConfig(values.config);
const log = pino({ level: config.logLevel }, pino.destination(2));

const engine = await RuncEngine.open(config, log);
const { warm, maxSandboxes } = config;
const fleet = new Fleet({ engine, warm, maxSandboxes, log });
await fleet.recover();

/** Ends this process; sandboxes that run go on, and the next server finds them. */
async function leave(): Promise<void> {
  server.close();
  server.closeAllConnections();
  await fleet[Symbol.asyncDispose]();
  await engine[Symbol.asyncDispose]();
  process.exit(0);
}

const { socketPath, socketGid } = config;
const server = await listen({ fleet, engine, shutDown: leave, socketPath, socketGid, log });
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void leave());
fleet.refill();
process.stdout.write('{"ready":true}\n');
