/**
 * A service of the host: TCP on every address, at a port of the kernel's choice and at those given as `PORT=ANSWER`, and an
 * abstract Unix socket whose name comes on standard input. Each says its answer and hangs up.
 */
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';

const usual = 'the host answered';

function service(answer: string): Server {
  return createServer((socket) =>
    socket.on('error', () => undefined).end(`HTTP/1.0 200 OK\r\n\r\n${answer}\n`),
  );
}

for (const argument of process.argv.slice(2)) {
  const [port, answer] = argument.split('=');
  await once(service(answer ?? usual).listen(Number(port)), 'listening');
}
const tcp = service(usual).listen(0);
await once(tcp, 'listening');
process.stdout.write(`${(tcp.address() as AddressInfo).port}\n`);
const [name] = (await once(process.stdin, 'data')) as [Buffer];
const abstract = createServer((socket) => socket.on('error', () => undefined).end(`${usual}\n`));
abstract.listen(`\0${name.toString().trim()}`);
await once(abstract, 'listening');
process.stdout.write('listening\n');
