import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import WebSocket from 'ws';
import type { ErrorBody } from '../../protocol/errors.ts';
import { RunningSandboxServer } from '../running-sandbox-server.ts';

let server: RunningSandboxServer;
let id: string;
beforeAll(async () => {
  server = await RunningSandboxServer.start();
  id = (await server.client.create({})).id;
});
afterAll(() => server[Symbol.asyncDispose]());

function send(method: string, path: string, body?: string): Promise<{ status: number; code: string }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number; code: string }>();
  const request = httpRequest({ socketPath: server.socketPath, method, path }, (response) => {
    let text = '';
    response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    response.on('end', () => {
      const code = text === '' ? '' : ((JSON.parse(text) as ErrorBody).error?.code ?? '');
      resolve({ status: response.statusCode ?? 0, code });
    });
  });
  request.on('error', reject);
  request.end(body);
  return promise;
}

const unknown = 'zzzzzzzzzzzz';
const cases: [string, string, string, string | undefined, number, string][] = [
  ['an unknown address', 'GET', '/nothing', undefined, 404, 'NOT_FOUND'],
  ['a path that climbs', 'GET', '/v1/sandboxes/../../etc', undefined, 404, 'NOT_FOUND'],
  ['a malformed id', 'GET', '/v1/sandboxes/UPPER', undefined, 404, 'NOT_FOUND'],
  ['an unknown sandbox', 'GET', `/v1/sandboxes/${unknown}`, undefined, 404, 'SANDBOX_GONE'],
  ['a wrong method', 'PUT', '/v1/sandboxes', '{}', 405, 'METHOD_NOT_ALLOWED'],
  ['a body that is no JSON', 'POST', '/v1/sandboxes', '{"network"', 400, 'BAD_REQUEST'],
  ['an unknown key', 'POST', '/v1/sandboxes', '{"runtime":"host"}', 400, 'BAD_REQUEST'],
  ['an unknown value', 'POST', '/v1/sandboxes', '{"network":"host"}', 400, 'BAD_REQUEST'],
  ['a body beyond the limit', 'POST', '/v1/sandboxes', 'x'.repeat(5 * 1024 ** 2), 413, 'BODY_TOO_LARGE'],
  ['a terminal of no size', 'POST', '/v1/sandboxes/ID/terminals', '{"cols":0,"rows":24}', 400, 'BAD_REQUEST'],
  [
    'a terminal of a mad size',
    'POST',
    '/v1/sandboxes/ID/terminals',
    '{"cols":1e9,"rows":24}',
    400,
    'BAD_REQUEST',
  ],
  ['an unknown terminal', 'DELETE', `/v1/sandboxes/ID/terminals/${unknown}`, undefined, 404, 'TERMINAL_GONE'],
  ['a relative path', 'GET', '/v1/sandboxes/ID/file?path=etc/passwd', undefined, 400, 'BAD_REQUEST'],
  ['a NUL in a path', 'GET', '/v1/sandboxes/ID/file?path=/etc%00x', undefined, 400, 'BAD_REQUEST'],
  ['a bad size', 'GET', '/v1/sandboxes/ID/file?path=/etc/passwd&max=-1', undefined, 400, 'BAD_REQUEST'],
  [
    'a word for Docker that there is not',
    'GET',
    '/v1/sandboxes/ID?docker=now',
    undefined,
    400,
    'BAD_REQUEST',
  ],
  ['an empty command', 'POST', '/v1/sandboxes/ID/exec', '{"argv":[]}', 400, 'BAD_REQUEST'],
];

test.each(cases)('%s', async (_, method, path, body, status, code) => {
  expect(await send(method, path.replace('ID', id), body)).toEqual({ status, code });
});

function attach(path: string): Promise<{ socket: WebSocket; closed: Promise<number> }> {
  const socket = new WebSocket(`ws+unix:${server.socketPath}:${path}`);
  const closed = new Promise<number>((resolve) => socket.once('close', resolve));
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve({ socket, closed }));
    socket.once('error', reject);
  });
}

test('terminal sockets: what is not the protocol is closed with its code, others are unharmed', async () => {
  const { id: terminalId } = await server.client.openTerminal(id, { cols: 80, rows: 24 });
  const path = `/v1/sandboxes/${id}/terminals/${terminalId}/attach`;
  const bad = [
    'not json',
    '{"type":"resize","cols":0,"rows":1}',
    '{"type":"ack","seq":-1}',
    '{"type":"nope"}',
    '[]',
  ];
  for (const message of bad) {
    const { socket, closed } = await attach(path);
    socket.send(message);
    expect(await closed).toBe(4400);
  }
  const { socket, closed } = await attach(path);
  socket.send(Buffer.alloc(65 * 1024));
  expect(await closed).toBe(1009);
  await expect(attach(`/v1/sandboxes/${id}/terminals/${unknown}/attach`)).rejects.toThrow('404');
  await expect(attach(`${path}?from=-5`)).rejects.toThrow('400');
  expect(await server.client.listTerminals(id)).toMatchObject([{ id: terminalId, exited: null }]);
});
