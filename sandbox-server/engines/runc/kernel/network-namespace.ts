/**
 * Network namespaces of the main thread, for an instant. Namespaces belong to threads: no other thread is moved, and
 * everything between `enter` and the way back is synchronous, so no other code of this process can run there.
 */
import { closeSync, openSync, writeFileSync } from 'node:fs';
import { checked, libc } from './libc.ts';
import { mount, mountFlags } from './mounts.ts';

const setns = libc.func('int setns(int fd, int type)');
const unshare = libc.func('int unshare(int flags)');
const socketFunction = libc.func('int socket(int domain, int type, int protocol)');
const bindFunction = libc.func('int bind(int fd, const void *address, unsigned int length)');
const setSocketOption = libc.func(
  'int setsockopt(int fd, int level, int name, const void *value, unsigned int length)',
);
const listenFunction = libc.func('int listen(int fd, int backlog)');

const CLONE_NEWNET = 0x40000000;

function andReturn<T>(work: () => T): T {
  const home = openSync('/proc/thread-self/ns/net', 'r');
  try {
    return work();
  } finally {
    checked('setns', 'the own network namespace', setns(home, CLONE_NEWNET) as number);
    closeSync(home);
  }
}

/** Makes a new network namespace and keeps it alive by a mount at `path` until that is unmounted. */
export function createNetworkNamespace(path: string): void {
  writeFileSync(path, '');
  andReturn(() => {
    checked('unshare', 'network', unshare(CLONE_NEWNET) as number);
    mount({ source: '/proc/thread-self/ns/net', target: path, type: 'none', flags: mountFlags.bind });
  });
}

const AF_INET = 2;
const SOCK_STREAM = 1;
const SOCK_DGRAM = 2;
const SOCK_CLOEXEC = 0o2000000;
const SOCK_NONBLOCK = 0o4000;
const SOL_SOCKET = 1;
const SO_REUSEADDR = 2;

export interface ListenIn {
  /** A namespace's file. */
  namespacePath: string;
  protocol: 'tcp' | 'udp';
  /** IPv4, dotted. */
  address: string;
  port: number;
}

/** A bound (and for TCP listening) socket that lives in another network namespace; the caller owns the descriptor. */
export function listenIn({ namespacePath, protocol, address, port }: ListenIn): number {
  const namespace = openSync(namespacePath, 'r');
  try {
    return andReturn(() => {
      checked('setns', namespacePath, setns(namespace, CLONE_NEWNET) as number);
      const type = (protocol === 'tcp' ? SOCK_STREAM : SOCK_DGRAM) | SOCK_CLOEXEC | SOCK_NONBLOCK;
      const fd = checked('socket', protocol, socketFunction(AF_INET, type, 0) as number);
      // Connections of an earlier listener may linger in TIME_WAIT.
      const on = Buffer.from([1, 0, 0, 0]);
      checked(
        'setsockopt',
        'SO_REUSEADDR',
        setSocketOption(fd, SOL_SOCKET, SO_REUSEADDR, on, on.length) as number,
      );
      const name = Buffer.alloc(16);
      name.writeUInt16LE(AF_INET, 0);
      name.writeUInt16BE(port, 2);
      name.set(address.split('.').map(Number), 4);
      checked('bind', `${address}:${port}`, bindFunction(fd, name, name.length) as number);
      if (protocol === 'tcp') checked('listen', `${address}:${port}`, listenFunction(fd, 128) as number);
      return fd;
    });
  } finally {
    closeSync(namespace);
  }
}
