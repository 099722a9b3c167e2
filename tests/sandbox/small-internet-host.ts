/**
 * Everything that answers in the small internet of a test, in a network namespace of its own: a DNS server and, at every
 * address, web servers that say where they were reached. Tells each connection as a line of JSON on standard output.
 */
import { createSocket } from 'node:dgram';
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';
import { decode, encode } from 'dns-packet';

/** Name to addresses; where there are several lists, each query takes the next one, the last for ever. */
const names = JSON.parse(process.argv[2] ?? '{}') as Record<string, string[][]>;
const asked = new Map<string, number>();

function addressesOf(name: string, type: 'A' | 'AAAA'): string[] {
  const lists = names[name];
  if (lists === undefined) return [];
  const key = `${name} ${type}`;
  const turn = asked.get(key) ?? 0;
  asked.set(key, turn + 1);
  const list = lists[Math.min(turn, lists.length - 1)] ?? [];
  return list.filter((address) => address.includes(':') === (type === 'AAAA'));
}

const dns = createSocket('udp4', (datagram, peer) => {
  const query = decode(datagram);
  const question = query.questions?.[0];
  if (question === undefined || (question.type !== 'A' && question.type !== 'AAAA')) return;
  const { name, type } = question;
  const answers = addressesOf(name, type).map((data) => ({ type, name, data, ttl: 0 }));
  const flags = 0x80 | (name in names ? 0 : 3);
  dns.send(
    encode({ type: 'response', id: query.id ?? 0, flags, questions: [question], answers }),
    peer.port,
    peer.address,
  );
});
dns.bind(53);

function tell(port: number, address: string | undefined): void {
  process.stdout.write(`${JSON.stringify({ port, address: address?.replace(/^::ffff:/, '') })}\n`);
}

const web = createHttpServer((request, response) => {
  tell(80, request.socket.localAddress);
  if (request.url !== '/big') return response.end(`reached ${request.socket.localAddress}\n`);
  response.end(Buffer.alloc(20_000_000));
});
web.listen(80, '::');
// Whoever sends a hello here has been let through.
const tls = createServer((socket) => {
  tell(443, socket.localAddress);
  socket.on('error', () => undefined);
  socket.once('data', () => socket.end());
});
tls.listen(443, '::', () => process.stdout.write('{"ready":true}\n'));
