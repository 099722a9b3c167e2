/** A sandbox-server to talk to: the running course's, or one of our own for as long as we need it. */
import { mkdirSync } from 'node:fs';
import type { Capacity } from '../protocol/capacity.ts';
import { CodedError } from '../protocol/errors.ts';
import { FileLock } from '../host/file-lock.ts';
import { startPrivateServer, sweepPrivateServers } from '../host/instance/private-server.ts';
import type { Layout } from '../host/layout.ts';
import { readRecord } from '../host/supervisor/record.ts';
import { SandboxClient } from '../sandbox-client/client.ts';
import { defaultAddress } from './address.ts';
import { readCourseConfig } from './course-config.ts';
import { allSources, prepareHost, prepareMachine, preparePackages } from './preparation.ts';

export interface SandboxServerAccess extends AsyncDisposable {
  client: SandboxClient;
  socketPath: string;
}

/** Throws NOT_RUNNING. */
export function accessRunning(layout: Layout): SandboxServerAccess {
  const socketPath = runningSocket(layout);
  if (socketPath !== null) return borrowed(socketPath);
  const message = `no course runs in ${layout.dataDir}; needed: one that does. Start it: chrootcamp start --data ${layout.dataDir}`;
  throw new CodedError('NOT_RUNNING', message);
}

/**
 * The running course's, else a private one; builds the machine first where there is none. Progress goes to standard
 * error.
 */
export async function accessAny(layout: Layout, signal: AbortSignal): Promise<SandboxServerAccess> {
  const socketPath = runningSocket(layout);
  return socketPath === null ? accessPrivate(layout, signal) : borrowed(socketPath);
}

/** One that nobody else uses: what runs there does not disturb learners. */
export async function accessPrivate(
  layout: Layout,
  signal: AbortSignal,
  capacity: Partial<Capacity> = {},
): Promise<SandboxServerAccess> {
  const { limits, packageSources, runtime } = readCourseConfig(layout);
  mkdirSync(layout.dataDir, { recursive: true, mode: 0o755 });
  const to = 'stderr';
  await preparePackages('run', { signal, to, runtime });
  await prepareHost({ layout, ...defaultAddress }, { skip: ['port'] });
  await sweepPrivateServers(layout);
  const machine = await prepareMachine(layout, { signal, to });
  const server = await startPrivateServer({
    parent: layout,
    machine,
    packageSources: await allSources(packageSources),
    limits,
    capacity,
    runtime,
    signal,
  });
  const { socketPath } = server;
  const client = new SandboxClient({ socketPath });
  return { client, socketPath, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

function borrowed(socketPath: string): SandboxServerAccess {
  const client = new SandboxClient({ socketPath });
  return { client, socketPath, [Symbol.asyncDispose]: async () => undefined };
}

function runningSocket(layout: Layout): string | null {
  const running = FileLock.isLocked(layout.lockFile) && readRecord(layout)?.phase === 'running';
  return running ? layout.sandboxServerSocket : null;
}
