/** Runs in a network namespace: `namespace-relay.ts SOCKET PORT` passes what connects to PORT on to the Unix socket. */
import { connect, createServer } from 'node:net';

const [door = '', port = ''] = process.argv.slice(2);
createServer((near) => {
  const far = connect(door);
  for (const [one, other] of [
    [near, far],
    [far, near],
  ] as const) {
    one.on('error', () => other.destroy());
    one.on('close', () => other.destroy());
    one.pipe(other);
  }
}).listen(Number(port), '127.0.0.1', () => process.stdout.write('listening\n'));
