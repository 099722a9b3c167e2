/** TLS through the proxy: real handshakes with a certificate of the test's own. */
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect as connectTcp, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer, text } from 'node:stream/consumers';
import { connect, createServer as createTlsServer, type TLSSocket } from 'node:tls';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { Egress } from './egress.ts';
import type { FlowReport } from './flow.ts';
import type { RefusalReason } from './refusal.ts';

let directory: string;
let certificate: { key: Buffer; cert: Buffer };
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'camp-tls-'));
  const [key, cert] = [join(directory, 'key.pem'), join(directory, 'cert.pem')];
  const args = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const subject = ['-days', '1', '-subj', '/CN=localhost', '-keyout', key, '-out', cert];
  execFileSync('openssl', [...args, ...subject], { stdio: 'ignore' });
  certificate = { key: readFileSync(key), cert: readFileSync(cert) };
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const servers: { server: Server; open: Set<Socket> }[] = [];
afterEach(() => {
  for (const { server, open } of servers.splice(0)) {
    server.close();
    for (const socket of open) socket.destroy();
  }
});

async function listening(server: Server): Promise<number> {
  const open = new Set<Socket>();
  server.on('connection', (socket: Socket) => open.add(socket));
  servers.push({ server, open });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

async function proxyTo(answer: (near: TLSSocket) => void, bytesPerMinute = 1e9) {
  const port = await listening(createTlsServer(certificate, answer));
  const flows: FlowReport[] = [];
  const refusals: RefusalReason[] = [];
  const limits = { bytesPerMinute, connections: 10, connectionsPerMinute: 100 };
  const egress = new Egress({ hosts: [`localhost:${port}`], networks: ['127.0.0.0/8'] });
  const sandbox = egress.open({
    limits,
    listener: { onFlow: (flow) => flows.push(flow), onRefusal: ({ reason }) => refusals.push(reason) },
  });
  const door = await listening(createServer({ allowHalfOpen: true }, (near) => sandbox.take(near, port)));
  const dial = (servername: string) =>
    connect({ port: door, host: '127.0.0.1', servername, rejectUnauthorized: false });
  return { port, door, dial, flows, refusals };
}

test('carries both ways, unread', async () => {
  const { dial, flows } = await proxyTo((far) => {
    let got = 0;
    far.on('data', (chunk: Buffer) => {
      got += chunk.length;
      if (got === 300_000) far.end(`got ${got}`);
    });
  });
  const client = dial('localhost');
  client.write(Buffer.alloc(300_000));
  expect(await text(client)).toBe('got 300000');
  await expect
    .poll(() => flows)
    .toMatchObject([
      { host: 'localhost', protocol: 'tls', address: '127.0.0.1', requests: 1, refused: null },
    ]);
  expect(flows[0]?.bytesOut).toBeGreaterThan(300_000);
});

test('another server name gets an alert and the end, and no connection is made', async () => {
  let connections = 0;
  const { dial, refusals, flows } = await proxyTo(() => void (connections += 1));
  const codes = [];
  for (const name of ['example.org', '']) {
    const [error] = (await once(dial(name), 'error')) as [Error & { code: string }];
    codes.push(error.code);
  }
  expect(codes).toEqual([
    expect.stringContaining('UNRECOGNIZED_NAME'),
    expect.stringContaining('DECODE_ERROR'),
  ]);
  expect([connections, refusals, flows]).toEqual([0, ['host', 'malformed'], []]);
});

test('what begins like TLS and is none is closed', async () => {
  const { door, refusals } = await proxyTo(() => undefined);
  const client = connectTcp(door, '127.0.0.1');
  client.end(Buffer.from([22, 3, 1, 0, 5, 2, 0, 0, 1, 0]));
  await buffer(client);
  expect(refusals).toEqual(['malformed']);
});

test('bytes: a connection beyond them is closed, the next one not let through', async () => {
  const { dial, flows, refusals } = await proxyTo((far) => {
    far.on('error', () => undefined);
    far.write(Buffer.alloc(5_000_000));
  }, 1_000_000);
  const client = dial('localhost');
  client.on('error', () => undefined).resume();
  await once(client, 'close');
  await expect.poll(() => flows.length).toBe(1);
  expect(flows[0]).toMatchObject({ refused: 'bytesPerMinute' });
  expect(flows[0]?.bytesIn).toBeLessThan(2_000_000);
  const [error] = (await once(dial('localhost'), 'error')) as [Error & { code: string }];
  expect(error.code).toContain('ACCESS_DENIED');
  expect(refusals).toEqual(['bytesPerMinute', 'bytesPerMinute']);
});
