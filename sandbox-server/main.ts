/** The sandbox-server's process: `node sandbox-server/main.ts --config FILE`. Says `{"ready":true}` when it listens. */
import { flushCompileCache } from 'node:module';
import { pino } from 'pino';
import { CodedError } from '../protocol/errors.ts';
import { configOfCommandLine } from './config-file.ts';
import { RuncEngine } from './engines/runc/engine.ts';
import { refuseSecondServer } from './http/door.ts';
import { listen } from './http/server.ts';
import { Fleet } from './sandboxes/fleet.ts';
import { MemoryGuard } from './sandboxes/memory-guard.ts';
import { isHostBusy } from './sandboxes/pressure.ts';
import { readPoolSize, writePoolSize } from './sandboxes/pool-size.ts';

async function serve(): Promise<void> {
  const config = configOfCommandLine();
  const { socketPath, socketGid, stateDir, capacity, limits, checkpoints } = config;
  if (process.geteuid?.() !== 0) {
    const found = `this process runs as uid ${process.geteuid?.()}`;
    throw new CodedError('HOST_UNSUITABLE', `${found}; making sandboxes takes root: start it with sudo`);
  }
  await refuseSecondServer(socketPath);
  const log = pino({ level: config.logLevel }, pino.destination(2));
  const engine = await RuncEngine.open(config, log);
  const poolSize = await readPoolSize(stateDir);
  const fleet = new Fleet({ engine, capacity, poolSize, limits, checkpoints, isHostBusy, log });
  await fleet.recover();
  const guard = new MemoryGuard({
    engine,
    running: () => fleet.all.filter((sandbox) => sandbox.isRunning),
    reserveBytes: capacity.memoryReserveBytes,
    log,
  });

  let leaving: Promise<void> | null = null;
  /** Ends this process; sandboxes that run go on, and the next server finds them. */
  async function leave(): Promise<void> {
    guard[Symbol.dispose]();
    server.close();
    server.closeAllConnections();
    try {
      await fleet[Symbol.asyncDispose]();
      await engine[Symbol.asyncDispose]();
    } catch (error) {
      log.error({ error }, 'something was left behind; the next start cleans it up');
    }
    process.exit(0);
  }
  const leaveOnce = (): Promise<void> => (leaving ??= leave());
  const server = await listen({
    fleet,
    engine,
    savePoolSize: (size) => writePoolSize(stateDir, size),
    shutDown: leaveOnce,
    socketPath,
    socketGid,
    log,
  });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void leaveOnce());
  fleet.refill();
  process.stdout.write('{"ready":true}\n');
  // Where NODE_COMPILE_CACHE says; now, since a server that is killed does it no more.
  flushCompileCache();
}

await serve().catch((error: unknown) => {
  // A coded message says all there is to do; of anything else the stack is needed.
  const text = error instanceof CodedError ? `${error.code}: ${error.message}` : (error as Error).stack;
  process.stderr.write(`sandbox-server: ${text}\n`);
  process.exit(1);
});
