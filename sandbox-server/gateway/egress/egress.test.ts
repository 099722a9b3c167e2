/** The proxy on real sockets of this host's loopback, which the operator's exception lets it connect to. */
import { once } from 'node:events';
import {
  createServer as createHttpServer,
  request,
  type IncomingMessage,
  type RequestOptions,
} from 'node:http';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, expect, test } from 'vitest';
import type { EgressLimits } from './account.ts';
import { Egress } from './egress.ts';
import type { FlowReport } from './flow.ts';
import type { RefusalReason } from './refusal.ts';

const disposals: (() => void)[] = [];
afterEach(() => {
  for (const dispose of disposals.splice(0)) dispose();
});

async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const open = new Set<Socket>();
  server.on('connection', (socket: Socket) => open.add(socket));
  disposals.push(() => {
    server.close();
    for (const socket of open) socket.destroy();
  });
  return (server.address() as AddressInfo).port;
}

const generous = { bytesPerMinute: 1e9, connections: 10, connectionsPerMinute: 100 };

/** A host, a proxy that may reach it at its port, and the proxy's own door as a sandbox has it. */
async function proxyTo(host: Server, limits: Partial<EgressLimits> = {}, networks = ['127.0.0.0/8']) {
  const port = await listening(host);
  const flows: FlowReport[] = [];
  const refusals: { reason: RefusalReason; host: string | null }[] = [];
  const egress = new Egress({ hosts: [`localhost:${port}`], networks });
  const sandbox = egress.open({
    limits: { ...generous, ...limits },
    listener: { onFlow: (flow) => flows.push(flow), onRefusal: (one) => refusals.push(one) },
  });
  disposals.push(() => sandbox.close());
  const door = await listening(createServer({ allowHalfOpen: true }, (near) => sandbox.take(near, port)));
  return { port, door, flows, refusals };
}

async function ask(door: number, options: RequestOptions & { host?: string; body?: string } = {}) {
  const { host, body, headers, ...rest } = options;
  const sent = request({
    port: door,
    host: '127.0.0.1',
    headers: { ...(host === undefined ? {} : { host }), ...headers },
    agent: false,
    ...rest,
  });
  sent.end(body);
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  return { status: answer.statusCode, headers: answer.headers, body: await text(answer) };
}

const echo = () =>
  createHttpServer((received, response) => {
    void text(received).then((body) => {
      response.setHeader('x-answer', 'yes');
      response.end(`${received.method} ${received.url} ${received.headers.host} ${body}`);
    });
  });

test('carries a request to the host it names, and the answer back', async () => {
  const { port, door, flows } = await proxyTo(echo());
  const host = `localhost:${port}`;
  expect(await ask(door, { host, path: '/a?b=%20c' })).toMatchObject({
    status: 200,
    body: `GET /a?b=%20c ${host} `,
    headers: { 'x-answer': 'yes' },
  });
  const posted = await ask(door, { host, method: 'POST', path: '/p', body: 'x'.repeat(100_000) });
  expect(posted.body).toHaveLength(`POST /p ${host} `.length + 100_000);
  await expect.poll(() => flows.length).toBe(2);
  expect(flows[1]).toMatchObject({
    host: 'localhost',
    port,
    protocol: 'http',
    address: '127.0.0.1',
    requests: 1,
  });
  expect(flows[1]?.bytesOut).toBeGreaterThan(100_000);
  expect(flows[1]?.bytesIn).toBeGreaterThan(100_000);
});

test('serves many requests on one connection, also sent before their answers, in order', async () => {
  const { port, door, flows } = await proxyTo(echo());
  const near = connect(door, '127.0.0.1');
  const line = (n: number) => `GET /${n} HTTP/1.1\r\nHost: localhost:${port}\r\n\r\n`;
  near.write(line(0) + line(1) + line(2));
  near.write(`GET /last HTTP/1.1\r\nHost: localhost:${port}\r\nConnection: close\r\n\r\n`);
  const answer = await text(near);
  expect([...answer.matchAll(/GET (\S+)/g)].map(([, path]) => path)).toEqual(['/0', '/1', '/2', '/last']);
  await expect.poll(() => flows).toMatchObject([{ requests: 4 }]);
});

test.each([
  ['another host', { host: 'example.org' }, 403, 'host'],
  ['another port of it', { host: 'localhost:1' }, 403, 'host'],
  ['no host', { setHost: false }, 400, null],
  ['a path of its own making', { host: 'HOST', path: 'http://localhost/x' }, 400, 'malformed'],
] as const)('refuses %s', async (_, options, status, reason) => {
  const { port, door, refusals } = await proxyTo(echo());
  const host = 'host' in options ? options.host.replace('HOST', `localhost:${port}`) : undefined;
  const answer = await ask(door, { ...options, ...(host && { host }) });
  expect(answer.status).toBe(status);
  expect(refusals.map((refusal) => refusal.reason)).toEqual(reason === null ? [] : [reason]);
});

test('a second request behind an allowed one is judged by itself', async () => {
  const { port, door, refusals } = await proxyTo(echo());
  const near = connect(door, '127.0.0.1');
  near.write(
    `GET /1 HTTP/1.1\r\nHost: localhost:${port}\r\n\r\nGET /2 HTTP/1.1\r\nHost: metadata.test\r\n\r\n`,
  );
  const answer = await text(near);
  expect(answer).toContain('GET /1');
  expect(answer).toContain('metadata.test is not among the package sources');
  expect(refusals).toEqual([{ reason: 'host', host: 'metadata.test' }]);
});

test('an allowed name that leads inwards is refused, in words', async () => {
  const { port, door, refusals } = await proxyTo(echo(), {}, []);
  const answer = await ask(door, { host: `localhost:${port}` });
  expect(answer).toMatchObject({
    status: 403,
    body: expect.stringContaining('localhost leads into the network'),
  });
  expect(refusals).toMatchObject([{ reason: 'inward' }]);
});

test('a host that does not answer, and one that breaks off, are told', async () => {
  const rude = createServer((far) => far.destroy());
  const { port, door, refusals } = await proxyTo(rude);
  expect(await ask(door, { host: `localhost:${port}` })).toMatchObject({ status: 502 });
  expect(refusals).toMatchObject([{ reason: 'unreachable' }]);
});

test('a kept connection that the host closed is dialled anew', async () => {
  const host = echo();
  const { port, door, flows } = await proxyTo(host);
  const near = connect(door, '127.0.0.1').setEncoding('latin1');
  near.write(`GET /1 HTTP/1.1\r\nHost: localhost:${port}\r\n\r\n`);
  await once(near, 'data');
  (host as import('node:http').Server).closeAllConnections();
  near.write(`GET /2 HTTP/1.1\r\nHost: localhost:${port}\r\nConnection: close\r\n\r\n`);
  expect(await text(near)).toContain('GET /2');
  await expect.poll(() => flows).toMatchObject([{ requests: 2, refused: null }]);
});

test('bytes: a transfer beyond them is cut, and the next request told how long to wait', async () => {
  const endless = createHttpServer((_, response) => {
    const more = () => {
      while (response.write(Buffer.alloc(65_536)));
    };
    response.on('drain', more);
    more();
  });
  const { port, door, flows, refusals } = await proxyTo(endless, { bytesPerMinute: 1_000_000 });
  const host = `localhost:${port}`;
  await expect(ask(door, { host })).rejects.toThrow('aborted');
  await expect.poll(() => flows.length).toBe(1);
  expect(flows[0]).toMatchObject({ refused: 'bytesPerMinute' });
  expect(flows[0]?.bytesIn).toBeLessThan(2_000_000);
  const answer = await ask(door, { host });
  expect(answer).toMatchObject({
    status: 429,
    body: expect.stringMatching(/977 KiB a minute.*Try again in \d+ s/),
  });
  expect(Number(answer.headers['retry-after'])).toBeGreaterThan(30);
  expect(refusals.map(({ reason }) => reason)).toEqual(['bytesPerMinute', 'bytesPerMinute']);
});

test('connections: one too many is told, and one that ends makes room', async () => {
  let waiting = 0;
  const silent = createHttpServer(() => void (waiting += 1));
  const { port, door } = await proxyTo(silent, { connections: 2 });
  const held = [0, 1].map(() => connect(door, '127.0.0.1'));
  for (const near of held) near.write(`GET / HTTP/1.1\r\nHost: localhost:${port}\r\n\r\n`);
  await expect.poll(() => waiting).toBe(2);
  const another = async () => (await ask(door, { host: 'example.org' })).status;
  expect(await another()).toBe(429);
  held[0]?.destroy();
  await expect.poll(another).toBe(403);
  held[1]?.destroy();
});

test('rate: too many requests within a minute are told', async () => {
  const { port, door } = await proxyTo(echo(), { connectionsPerMinute: 3 });
  const host = `localhost:${port}`;
  const statuses = [];
  for (let round = 0; round < 5; round += 1) statuses.push((await ask(door, { host })).status);
  expect(statuses).toEqual([200, 200, 200, 429, 429]);
});
