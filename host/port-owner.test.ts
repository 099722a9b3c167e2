import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { findPortOwner, listeningInodes, portState } from './port-owner.ts';

test('a taken port, and by whom', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  expect(await portState({ host: '127.0.0.1', port })).toBe('taken');
  expect(findPortOwner(port)?.pid).toBe(process.pid);
  server.close();
  await once(server, 'close');
  expect(await portState({ host: '127.0.0.1', port })).toBe('free');
  expect(findPortOwner(port)).toBeNull();
});

test('an address of another computer', async () => {
  expect(await portState({ host: '192.0.2.1', port: 8099 })).toBe('no-such-address');
});

test('only sockets that listen at the very port count', () => {
  const table = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 111 1
   1: 0100007F:1F90 0100007F:9C40 01 00000000:00000000 00:00000000 00000000     0        0 222 1
   2: 0100007F:1F91 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 333 1
`;
  expect(listeningInodes(table, 8080)).toEqual(['111']);
});
