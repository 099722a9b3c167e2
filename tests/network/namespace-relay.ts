/** Runs in a network namespace: `namespace-relay.ts SOCKET PORT` passes what connects to PORT on to the Unix socket. */
import { connect, createServer } from 'node:net';
import { joinSockets } from './joined-sockets.ts';

const [door = '', port = ''] = process.argv.slice(2);
createServer((near) => joinSockets(near, connect(door))).listen(Number(port), '127.0.0.1', () =>
  process.stdout.write('listening\n'),
);
