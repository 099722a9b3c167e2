import { expect, onTestFinished, test } from 'vitest';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import { CodedError } from '../protocol/errors.ts';
import { SandboxClient } from './client.ts';
import { startPeer } from './peer.fixture.ts';

async function peerWithTerminal(onAttach: (socket: WebSocket, url: string) => void) {
  const peer = await startPeer(() => {});
  const sockets = new WebSocketServer({ noServer: true });
  peer.server.on('upgrade', (request, connection, head) => {
    sockets.handleUpgrade(request, connection, head, (socket) => onAttach(socket, request.url ?? ''));
  });
  onTestFinished(() => peer[Symbol.asyncDispose]());
  return { client: new SandboxClient({ socketPath: peer.socketPath }), peer };
}

function recorder() {
  const seen: unknown[] = [];
  const closed = Promise.withResolvers<{ code: number; error?: Error }>();
  return {
    seen,
    closed: closed.promise,
    handlers: {
      onHello: (hello: object) => seen.push(hello),
      onOutput: (bytes: Buffer) => seen.push(bytes.toString()),
      onExit: (exit: object) => seen.push(exit),
      onClose: closed.resolve,
    },
  };
}

test('carries bytes and messages both ways', async () => {
  const received: string[] = [];
  const ended = Promise.withResolvers<void>();
  const { client } = await peerWithTerminal((socket, url) => {
    received.push(url);
    socket.send(JSON.stringify({ type: 'hello', seq: 5, end: 9, cols: 80, rows: 24 }));
    socket.send(Buffer.from('text'));
    socket.on('message', (data: Buffer, isBinary) => {
      received.push(`${isBinary ? 'binary' : 'text'} ${data}`);
      if (received.length < 4) return;
      socket.send(JSON.stringify({ type: 'exit', code: 0, signal: null }));
      socket.close(1000);
      ended.resolve();
    });
  });
  const record = recorder();
  const attachment = client.attachTerminal(
    'abcdefghijkl',
    'mnopqrstuvwx',
    { from: 5 },
    {
      ...record.handlers,
      onHello(hello) {
        record.handlers.onHello(hello);
        attachment.write(Buffer.from('ls\n'));
        attachment.resize(100, 30);
        attachment.acknowledge(9);
      },
    },
  );
  await ended.promise;
  expect(await record.closed).toEqual({ code: 1000 });
  expect(received).toEqual([
    '/v1/sandboxes/abcdefghijkl/terminals/mnopqrstuvwx/attach?from=5',
    'binary ls\n',
    'text {"type":"resize","cols":100,"rows":30}',
    'text {"type":"ack","seq":9}',
  ]);
  expect(record.seen).toEqual([
    { type: 'hello', seq: 5, end: 9, cols: 80, rows: 24 },
    'text',
    { type: 'exit', code: 0, signal: null },
  ]);
});

test('a refused attachment closes with the coded error', async () => {
  const peer = await startPeer(() => {});
  onTestFinished(() => peer[Symbol.asyncDispose]());
  peer.server.on('upgrade', (_request, connection) => {
    const body = JSON.stringify(new CodedError('TERMINAL_GONE', 'it ended').toBody());
    connection.end(`HTTP/1.1 404 Not Found\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
  });
  const client = new SandboxClient({ socketPath: peer.socketPath });
  const record = recorder();
  client.attachTerminal('abcdefghijkl', 'mnopqrstuvwx', { from: 0 }, record.handlers);
  expect((await record.closed).error).toMatchObject({ code: 'TERMINAL_GONE' });
});

test('no server to attach to is SANDBOX_SERVER_DOWN', async () => {
  const record = recorder();
  const client = new SandboxClient({ socketPath: '/nonexistent/socket' });
  client.attachTerminal('abcdefghijkl', 'mnopqrstuvwx', { from: 0 }, record.handlers);
  expect((await record.closed).error).toMatchObject({ code: 'SANDBOX_SERVER_DOWN' });
});

test('a text frame that is not JSON ends it', async () => {
  const { client, peer } = await peerWithTerminal((socket) => socket.send('hello?'));
  const record = recorder();
  client.attachTerminal('abcdefghijkl', 'mnopqrstuvwx', { from: 0 }, record.handlers);
  expect((await record.closed).error).toMatchObject({ code: 'INTERNAL' });
  expect(peer.server.listening).toBe(true);
});

test('close() ends it without an error', async () => {
  const { client } = await peerWithTerminal(() => {});
  const record = recorder();
  const attachment = client.attachTerminal('abcdefghijkl', 'mnopqrstuvwx', { from: 0 }, record.handlers);
  attachment.close();
  await record.closed;
  expect(attachment.write(Buffer.from('x'))).toBe(false);
});
