/**
 * The supervisor's own API: HTTP on a Unix socket that only root can open.
 *
 * | request | answer |
 * | --- | --- |
 * | `POST /v1/stop` | 204 when all is stopped; 500 with the reason as text where something could not be |
 */
import { createServer } from 'node:http';
import { rmSync } from 'node:fs';
import { once } from 'node:events';
import type { Layout } from '../layout.ts';
import { requestUnix } from './unix-request.ts';

export interface ControlServer extends AsyncDisposable {
  readonly socketPath: string;
}

export async function openControlServer(layout: Layout, stop: () => Promise<void>): Promise<ControlServer> {
  const server = createServer((request, response) => {
    if (request.method !== 'POST' || request.url !== '/v1/stop') {
      response.writeHead(404).end();
      return;
    }
    stop().then(
      () => response.writeHead(204).end(),
      (error: Error) => response.writeHead(500).end(error.message),
    );
  });
  rmSync(layout.controlSocket, { force: true });
  // Root's alone from its first moment on.
  const umask = process.umask(0o177);
  server.listen(layout.controlSocket);
  await once(server, 'listening').finally(() => process.umask(umask));
  return {
    socketPath: layout.controlSocket,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeIdleConnections();
      await once(server, 'close');
    },
  };
}

/** Resolves when a running supervisor has stopped everything. */
export async function askToStop(layout: Layout): Promise<void> {
  await requestUnix({ socketPath: layout.controlSocket, method: 'POST', path: '/v1/stop' });
}
