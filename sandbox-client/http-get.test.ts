import type { Duplex } from 'node:stream';
import { expect, onTestFinished, test } from 'vitest';
import { SandboxClient } from './client.ts';
import { createObserver } from './observer.ts';
import { dockerSaying, startPeer } from './peer.fixture.ts';

/** What listens behind `dial` is here a learner's web server. */
async function asking(served: (connection: Duplex) => void) {
  const peer = await startPeer((_request, answer) => void answer.writeHead(500).end(), { docker: served });
  onTestFinished(() => peer[Symbol.asyncDispose]());
  const client = new SandboxClient({ socketPath: peer.socketPath });
  const observer = createObserver({ client, sandboxId: 'abcdefghijkl' });
  return observer.http({ address: '127.0.0.1', port: 80, path: '/', host: 'localhost' });
}

test('status, headers by lower-case name, and body', async () => {
  const answer = 'HTTP/1.1 201 Made\r\nX-Name: one\r\nx-name: two\r\nContent-Length: 2\r\n\r\nhi';
  expect(await asking(dockerSaying(answer))).toEqual({
    ok: true,
    value: { answered: true, status: 201, headers: { 'x-name': 'one', 'content-length': '2' }, body: 'hi' },
  });
});

test('of an endless body the beginning, and nothing is followed', async () => {
  const seen = await asking((connection) => {
    connection.on('error', () => {});
    connection.once('data', () => {
      connection.write('HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\n\r\n');
      const more = (): void => {
        while (connection.writable && connection.write('x'.repeat(16_384)));
      };
      connection.on('drain', more);
      more();
    });
  });
  expect(seen).toMatchObject({ ok: true, value: { status: 302, headers: { location: '/elsewhere' } } });
  expect(seen.ok && seen.value.answered && seen.value.body.length).toBe(65_536);
});

test.each<[string, string | Buffer]>([
  ['no HTTP', '220 mail.example ready\r\n'],
  ['endless headers', `HTTP/1.1 200 OK\r\nX: ${'x'.repeat(40_000)}`],
  ['nothing', ''],
  ['another protocol', 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n'],
])('%s is broken', async (_name, answer) => {
  expect(await asking(dockerSaying(answer))).toEqual({ ok: true, value: { answered: false, why: 'broken' } });
});
