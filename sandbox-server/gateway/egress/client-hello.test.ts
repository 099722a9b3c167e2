import { once } from 'node:events';
import { Duplex } from 'node:stream';
import { connect } from 'node:tls';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { maxHelloBytes, serverNameOf } from './client-hello.ts';

/** What OpenSSL really sends first. */
async function helloFor(servername: string): Promise<Buffer> {
  const { promise, resolve } = Promise.withResolvers<Buffer>();
  const wire = new Duplex({ read: () => undefined, write: (chunk: Buffer) => resolve(chunk) });
  const client = connect({ socket: wire, servername });
  client.on('error', () => undefined);
  const hello = await promise;
  client.destroy();
  if (!wire.closed) await once(wire, 'close');
  return hello;
}

/** The same handshake, cut into records of `size` bytes. */
function inRecords(hello: Buffer, size: number): Buffer {
  const handshake = hello.subarray(5);
  const records = [];
  for (let at = 0; at < handshake.length; at += size) {
    const part = handshake.subarray(at, at + size);
    records.push(Buffer.from([22, 3, 1, part.length >> 8, part.length & 255]), part);
  }
  return Buffer.concat(records);
}

test('finds the name, in lower case, however the hello is cut', async () => {
  const hello = await helloFor('Packages.Example.ORG');
  const named = { state: 'named', name: 'packages.example.org' };
  expect(serverNameOf(hello)).toEqual(named);
  expect(serverNameOf(Buffer.concat([hello, Buffer.from('more')]))).toEqual(named);
  for (const size of [1, 3, 100, 511]) expect(serverNameOf(inRecords(hello, size))).toEqual(named);
  for (let length = 0; length < hello.length; length += 7)
    expect(serverNameOf(hello.subarray(0, length)).state).toBe('incomplete');
});

test('without a name, or what is no hello, it is invalid', async () => {
  expect(serverNameOf(await helloFor('')).state).toBe('invalid');
  expect(serverNameOf(Buffer.from('GET / HTTP/1.1\r\n\r\n')).state).toBe('invalid');
  expect(serverNameOf(Buffer.from('SSH-2.0-OpenSSH_9.2\r\n')).state).toBe('invalid');
});

test('no bytes do more than give an answer', async () => {
  const hello = await helloFor('packages.test');
  const damaged = fc
    .array(fc.tuple(fc.nat(hello.length - 1), fc.nat(255)), { minLength: 1, maxLength: 20 })
    .map((changes) => {
      const bytes = Buffer.from(hello);
      for (const [at, value] of changes) bytes[at] = value;
      return bytes;
    });
  fc.assert(fc.property(damaged, (bytes) => void serverNameOf(bytes)));
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => void serverNameOf(Buffer.from(bytes))));
  // A promise of more that never comes ends somewhere.
  const endless = Buffer.alloc(maxHelloBytes, 0);
  endless.set([22, 3, 1, 255, 255]);
  expect(serverNameOf(endless).state).toBe('invalid');
});
