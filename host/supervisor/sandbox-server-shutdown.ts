import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Layout } from '../layout.ts';
import { LogFile } from './log-file.ts';
import { sandboxServerProcess } from './plan.ts';
import { SupervisedProcess } from './supervised-process.ts';
import { requestUnix } from './unix-request.ts';

/** Many machines, each with its Docker to end and its disk to unmount. */
export const shutdownGraceMs = 90_000;

/** Stops every sandbox, keeping the learners' disks, and then the server. Resolves when it has answered. */
export async function shutDownSandboxServer(socketPath: string): Promise<void> {
  await requestUnix({ socketPath, method: 'POST', path: '/v1/shutdown' });
}

/**
 * Ends the sandboxes of a server that is gone: only a server can, so one is started for it from the configuration file
 * that the last one had.
 */
export async function endSandboxes(layout: Layout): Promise<void> {
  // Whoever was killed before it wrote the file had no sandboxes yet.
  if (!existsSync(layout.sandboxServerConfigFile)) return;
  using log = new LogFile(path.join(layout.logsDir, 'sandbox-server.log'));
  const server = new SupervisedProcess({
    plan: sandboxServerProcess(layout),
    log,
    onChange: () => undefined,
  });
  await server.start();
  await server.stop({
    graceMs: shutdownGraceMs,
    ask: () => shutDownSandboxServer(layout.sandboxServerSocket),
  });
}
