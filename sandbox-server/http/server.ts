/** HTTP on one Unix socket, which only the portal's group can open. */
import { once } from 'node:events';
import { chmod, chown, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { CodedError, messageOf } from '../../protocol/errors.ts';
import { createRouter } from './router.ts';
import type { Services } from './route.ts';
import { routes } from './routes.ts';
import { handleUpgrade } from './upgrade.ts';
import { urlOf } from './url.ts';

const router = createRouter(routes);

async function answer(services: Services, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = urlOf(request);
  const { route, ...ids } = router(request.method ?? '', url.pathname);
  const query = url.searchParams;
  const result = await route.handle({ ...services, request, response, ...ids, query });
  if (result === 'answered') return;
  send(response, result.status ?? 200, result.body);
}

function send(response: ServerResponse, status: number, body: unknown): void {
  if (body === undefined) {
    response.writeHead(status).end();
    return;
  }
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

export interface ListenOptions extends Services {
  socketPath: string;
  socketGid: number;
  log: Logger;
}

export async function listen({ socketPath, socketGid, log, ...services }: ListenOptions): Promise<Server> {
  const server = createServer((request, response) => {
    answer(services, request, response).catch((error: unknown) => {
      const coded =
        error instanceof CodedError
          ? error
          : new CodedError('INTERNAL', messageOf(error), {
              cause: error,
            });
      if (coded.status >= 500) log.error({ error, url: request.url }, 'a request failed');
      if (!response.headersSent) send(response, coded.status, coded.toBody());
      else response.destroy();
    });
  });
  server.on('upgrade', (request, socket, head) => void handleUpgrade(services, request, socket, head));
  // Waiting for Docker and long commands are legitimate; the portal has its own deadlines.
  server.requestTimeout = 0;
  await rm(socketPath, { force: true });
  server.listen(socketPath);
  await once(server, 'listening');
  // Out of descriptors for the moment: that connection is lost, the door is not.
  server.on('error', (error) => log.error({ error }, 'a connection could not be taken'));
  await chmod(socketPath, 0o660);
  await chown(socketPath, 0, socketGid);
  return server;
}
