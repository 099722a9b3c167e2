import { rm } from 'node:fs/promises';
import { expect, onTestFinished, test } from 'vitest';
import { CodedError } from '../protocol/errors.ts';
import { limitsSchema } from '../protocol/limits.ts';
import type { SandboxView } from '../protocol/sandbox-api.ts';
import { SandboxClient } from './client.ts';
import { startPeer } from './peer.fixture.ts';

const view: SandboxView = {
  id: 'abcdefghijkl',
  status: 'running',
  docker: 'ready',
  network: 'packages',
  createdAt: '2026-01-01T00:00:00.000Z',
  bootId: 'boot',
  limits: limitsSchema.parse({}),
  kernel: { release: '6', version: '#1', machine: 'x86_64' },
};

async function clientOf(...peer: Parameters<typeof startPeer>) {
  const started = await startPeer(...peer);
  onTestFinished(() => started[Symbol.asyncDispose]());
  return new SandboxClient({ socketPath: started.socketPath, timeoutMs: 2_000 });
}

test('asks as the table of the protocol says', async () => {
  const asked: string[] = [];
  const client = await clientOf((request, answer) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      asked.push(`${request.method} ${request.url} ${body}`.trimEnd());
      if (request.method === 'DELETE' || request.url === '/v1/shutdown') answer.writeHead(204).end();
      else answer.end(JSON.stringify({ ...view, sandboxes: [view], terminals: [], processes: [] }));
    });
  });
  expect(await client.create({ network: 'none' })).toMatchObject(view);
  expect(await client.list()).toEqual([view]);
  await client.view(view.id, { docker: 'wait' });
  await client.view(view.id, { docker: 'unasked' });
  await client.start(view.id);
  await client.stop(view.id);
  await client.startDocker(view.id);
  await client.listTerminals(view.id);
  await client.openTerminal(view.id, { cols: 80, rows: 24 });
  await client.closeTerminal(view.id, 'mnopqrstuvwx');
  await client.readFile(view.id, { path: '/root/a b&c', maxBytes: 9 });
  await client.processes(view.id);
  await client.health();
  await client.destroy(view.id);
  await client.shutdown();
  expect(asked).toEqual([
    'POST /v1/sandboxes {"network":"none"}',
    'GET /v1/sandboxes',
    'GET /v1/sandboxes/abcdefghijkl?docker=wait',
    'GET /v1/sandboxes/abcdefghijkl?docker=unasked',
    'POST /v1/sandboxes/abcdefghijkl/start',
    'POST /v1/sandboxes/abcdefghijkl/stop',
    'POST /v1/sandboxes/abcdefghijkl/docker/start',
    'GET /v1/sandboxes/abcdefghijkl/terminals',
    'POST /v1/sandboxes/abcdefghijkl/terminals {"cols":80,"rows":24}',
    'DELETE /v1/sandboxes/abcdefghijkl/terminals/mnopqrstuvwx',
    'GET /v1/sandboxes/abcdefghijkl/file?path=%2Froot%2Fa+b%26c&max=9',
    'GET /v1/sandboxes/abcdefghijkl/processes',
    'GET /healthz',
    'DELETE /v1/sandboxes/abcdefghijkl',
    'POST /v1/shutdown',
  ]);
});

test("the server's coded errors keep their code", async () => {
  const client = await clientOf((_request, answer) => {
    const error = new CodedError('SANDBOX_GONE', 'no sandbox is called so');
    answer.writeHead(404).end(JSON.stringify(error.toBody()));
  });
  await expect(client.view(view.id)).rejects.toMatchObject({
    code: 'SANDBOX_GONE',
    message: 'no sandbox is called so',
  });
  await expect(client.exec(view.id, { argv: ['true'] })).rejects.toMatchObject({ code: 'SANDBOX_GONE' });
  await expect(client.dial(view.id, '/run/docker.sock')).rejects.toMatchObject({ code: 'SANDBOX_GONE' });
});

test.each([
  ['no error body', 500, 'oops'],
  ['an unknown code', 500, '{"error":{"code":"NEWER","message":"m"}}'],
  ['a key of Object.prototype as its code', 500, '{"error":{"code":"toString","message":"m"}}'],
  ['a success that is not JSON', 200, 'oops'],
])('%s is INTERNAL', async (_name, status, body) => {
  const client = await clientOf((_request, answer) => void answer.writeHead(status).end(body));
  await expect(client.health()).rejects.toMatchObject({ code: 'INTERNAL' });
});

test('no socket, a refusing one and a hang-up are SANDBOX_SERVER_DOWN', async () => {
  const absent = new SandboxClient({ socketPath: '/nonexistent/socket' });
  await expect(absent.health()).rejects.toMatchObject({ code: 'SANDBOX_SERVER_DOWN' });

  const hangingUp = await clientOf((request) => void request.socket.destroy());
  await expect(hangingUp.health()).rejects.toMatchObject({ code: 'SANDBOX_SERVER_DOWN' });
  await expect(hangingUp.dial(view.id, '/x')).rejects.toMatchObject({ code: 'SANDBOX_SERVER_DOWN' });
});

test('a server that never answers is given up', async () => {
  const peer = await startPeer(() => {});
  onTestFinished(() => peer[Symbol.asyncDispose]());
  const client = new SandboxClient({ socketPath: peer.socketPath, timeoutMs: 50 });
  await expect(client.health()).rejects.toMatchObject({ code: 'SANDBOX_SERVER_DOWN' });
  await expect(client.exec(view.id, { argv: ['true'] })).rejects.toMatchObject({
    code: 'SANDBOX_SERVER_DOWN',
  });
  await expect(client.dial(view.id, '/x')).rejects.toMatchObject({ code: 'SANDBOX_SERVER_DOWN' });
  await rm(peer.socketPath, { force: true });
});

test('an abort ends a request with its own reason', async () => {
  const client = await clientOf(() => {});
  const controller = new AbortController();
  const waiting = client.view(view.id, { docker: 'wait', signal: controller.signal });
  controller.abort();
  await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
});

test('a command streams its output and ends with its status', async () => {
  const client = await clientOf((_request, answer) => {
    answer.write(Buffer.from([1, 0, 0, 0, 0, 0, 0, 3, 0x6f, 0x75, 0x74]));
    answer.write(Buffer.from([2, 0, 0, 0, 0, 0, 0, 3, 0x65, 0x72, 0x72]));
    const exit = Buffer.from('{"exitCode":7,"signal":null,"timedOut":false}');
    answer.end(Buffer.concat([Buffer.from([3, 0, 0, 0, 0, 0, 0, exit.length]), exit]));
  });
  let output = '';
  const exit = await client.exec(
    view.id,
    { argv: ['x'] },
    { onStdout: (bytes) => (output += bytes), onStderr: (bytes) => (output += bytes) },
  );
  expect([output, exit.exitCode]).toEqual(['outerr', 7]);
});

test('a command whose stream breaks off is SANDBOX_SERVER_DOWN', async () => {
  const client = await clientOf((_request, answer) => {
    answer.write(Buffer.from([1, 0, 0, 0, 0, 0, 0, 3, 0x6f]), () => answer.destroy());
  });
  await expect(client.exec(view.id, { argv: ['x'] })).rejects.toMatchObject({ code: 'SANDBOX_SERVER_DOWN' });
});
