import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { CodedError } from '../../protocol/errors.ts';
import { registryConfig } from './registry-config.ts';
import { callRegistry } from './registry-client.ts';

/** A docker-registry over a store that this process may write to; it ends with this process. */
export interface TemporaryRegistry {
  socketPath: string;
  [Symbol.asyncDispose]: () => Promise<void>;
}

const startTimeoutMs = 10_000;
const askAgainMs = 20;

/** Throws BUILD_FAILED with the registry's own words when it does not answer in time. */
export async function startTemporaryRegistry(root: string): Promise<TemporaryRegistry> {
  // Not in the store: the path of a socket may have 107 bytes at most.
  const directory = await mkdtemp(join(tmpdir(), 'chrootcamp-'));
  const socketPath = join(directory, 'socket');
  const configPath = join(directory, 'config.yml');
  await writeFile(configPath, registryConfig({ root, socketPath, readOnly: false }));

  const argv = ['--pdeathsig', 'KILL', 'docker-registry', 'serve', configPath];
  const child = spawn('setpriv', argv, { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said = `${said}${text}`.slice(-4000)));
  const closed = once(child, 'close');
  const registry: TemporaryRegistry = {
    socketPath,
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM');
      await closed;
      await rm(directory, { recursive: true });
    },
  };

  const deadline = Date.now() + startTimeoutMs;
  while (child.exitCode === null && Date.now() < deadline) {
    if (await answers(socketPath)) return registry;
    await delay(askAgainMs);
  }
  await registry[Symbol.asyncDispose]();
  throw new CodedError(
    'BUILD_FAILED',
    `docker-registry did not begin to answer within ${startTimeoutMs} ms. It said:\n${said}`,
  );
}

async function answers(socketPath: string): Promise<boolean> {
  try {
    return (await callRegistry({ socketPath, method: 'GET', path: '/v2/' })).status === 200;
  } catch (error) {
    if (['ENOENT', 'ECONNREFUSED'].includes((error as NodeJS.ErrnoException).code ?? '')) return false;
    throw error;
  }
}
