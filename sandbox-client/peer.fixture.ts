/** For tests: a real HTTP server on a Unix socket in a directory of its own, in the sandbox-server's place. */
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';

export interface TestPeer extends AsyncDisposable {
  socketPath: string;
  server: Server;
}

/** `docker` is what listens behind `dial`: it gets the raw connection once the 101 is sent. */
export async function startPeer(
  handle: RequestListener,
  { docker }: { docker?: (connection: Duplex) => void } = {},
): Promise<TestPeer> {
  const directory = await mkdtemp(join(tmpdir(), 'peer-'));
  const socketPath = join(directory, 's');
  const server = createServer(handle);
  const connections = new Set<Socket>();
  server.on('connection', (connection) => {
    connections.add(connection);
    // A peer that hangs up is what many of these tests are about.
    connection.on('error', () => {});
    connection.on('close', () => connections.delete(connection));
  });
  if (docker) {
    server.on('upgrade', (_request, connection: Duplex) => {
      connection.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: socket\r\n\r\n');
      docker(connection);
    });
  }
  await new Promise<void>((resolve) => server.listen(socketPath, resolve));
  return {
    socketPath,
    server,
    async [Symbol.asyncDispose]() {
      for (const connection of connections) connection.destroy();
      await new Promise((resolve) => server.close(resolve));
      await rm(directory, { recursive: true });
    },
  };
}

/** A dockerd that says `answer`, raw, to whatever it is asked, and then closes unless `keepOpen`. */
export function dockerSaying(answer: string | Buffer, { keepOpen = false } = {}) {
  return (connection: Duplex): void => {
    connection.once('data', () => {
      connection.write(answer);
      if (!keepOpen) connection.end();
    });
  };
}

export function jsonAnswer(body: string): string {
  return `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}
