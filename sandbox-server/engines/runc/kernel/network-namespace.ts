/**
 * Network namespaces of the main thread, for an instant. Namespaces belong to threads: no other thread is moved, and
 * everything between `enter` and the way back is synchronous, so no other code of this process can run there.
 */
import { closeSync, openSync, writeFileSync } from 'node:fs';
import { checked, errorName, libc } from './libc.ts';
import { mount, mountFlags } from './mounts.ts';

const setns = libc.func('int setns(int fd, int type)');
const unshare = libc.func('int unshare(int flags)');
const socketFunction = libc.func('int socket(int domain, int type, int protocol)');
const bindFunction = libc.func('int bind(int fd, const void *address, unsigned int length)');
const setSocketOption = libc.func(
  'int setsockopt(int fd, int level, int name, const void *value, unsigned int length)',
);
const listenFunction = libc.func('int listen(int fd, int backlog)');
const connectFunction = libc.func('int connect(int fd, const void *address, unsigned int length)');
const pollFunction = libc.func('int poll(_Inout_ void *descriptors, unsigned long count, int timeout)');
const getSocketOption = libc.func(
  'int getsockopt(int fd, int level, int name, _Out_ void *value, _Inout_ void *length)',
);

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
const SO_ERROR = 4;
const POLLOUT = 4;

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
      const name = socketName(address, port);
      checked('bind', `${address}:${port}`, bindFunction(fd, name, name.length) as number);
      if (protocol === 'tcp') checked('listen', `${address}:${port}`, listenFunction(fd, 128) as number);
      return fd;
    });
  } finally {
    closeSync(namespace);
  }
}

/** A `sockaddr_in`. */
function socketName(address: string, port: number): Buffer {
  const name = Buffer.alloc(16);
  name.writeUInt16LE(AF_INET, 0);
  name.writeUInt16BE(port, 2);
  name.set(address.split('.').map(Number), 4);
  return name;
}

/** A TCP socket of another network namespace that is being connected, see `connectionState`; the caller owns it. */
export function connectIn({ namespacePath, address, port }: Omit<ListenIn, 'protocol'>): number {
  const namespace = openSync(namespacePath, 'r');
  try {
    const fd = andReturn(() => {
      checked('setns', namespacePath, setns(namespace, CLONE_NEWNET) as number);
      return checked('socket', 'tcp', socketFunction(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    });
    try {
      const name = socketName(address, port);
      checked('connect', `${address}:${port}`, connectFunction(fd, name, name.length) as number);
    } catch (error) {
      if ((error as { code?: string }).code === 'EINPROGRESS') return fd;
      closeSync(fd);
      throw error;
    }
    return fd;
  } finally {
    closeSync(namespace);
  }
}

/** `connected`, `connecting`, or the name of what went wrong: `ECONNREFUSED`. */
export function connectionState(fd: number): string {
  const descriptor = Buffer.alloc(8);
  descriptor.writeInt32LE(fd, 0);
  descriptor.writeInt16LE(POLLOUT, 4);
  if (checked('poll', `socket ${fd}`, pollFunction(descriptor, 1, 0) as number) === 0) return 'connecting';
  const [value, length] = [Buffer.alloc(4), Buffer.from([4, 0, 0, 0])];
  checked('getsockopt', 'SO_ERROR', getSocketOption(fd, SOL_SOCKET, SO_ERROR, value, length) as number);
  const errno = value.readInt32LE(0);
  return errno === 0 ? 'connected' : errorName(errno);
}
