/** A service of the host: TCP on every address, and an abstract Unix socket, both of which say "the host answered". */
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

const answer = 'HTTP/1.0 200 OK\r\n\r\nthe host answered\n';
const tcp = createServer((socket) => socket.on('error', () => undefined).end(answer));
tcp.listen(0, '0.0.0.0');
await once(tcp, 'listening');
process.stdout.write(`${(tcp.address() as AddressInfo).port}\n`);
const [name] = (await once(process.stdin, 'data')) as [Buffer];
const abstract = createServer((socket) => socket.on('error', () => undefined).end('the host answered\n'));
abstract.listen(`\0${name.toString().trim()}`);
await once(abstract, 'listening');
process.stdout.write('listening\n');
