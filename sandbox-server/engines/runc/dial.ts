/** Connects to a Unix socket inside a sandbox without being led outside by a link planted at its path. */
import { closeSync, fstatSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { CodedError } from '../../../protocol/errors.ts';
import { SystemCallError } from './kernel/libc.ts';
import { openFlags, openInRoot } from './kernel/open-in-root.ts';

function openSocketPath(rootFd: number, path: string): number {
  try {
    return openInRoot({ rootFd, path, flags: openFlags.path });
  } catch (error) {
    if (!(error instanceof SystemCallError)) throw error;
    throw new CodedError('NOT_FOUND', `found nothing to connect to at ${path} (${error.code})`, {
      cause: error,
    });
  }
}

/** Rejects with NOT_FOUND where there is no socket or nobody listens. */
export async function dialSocket({ rootFd, path }: { rootFd: number; path: string }): Promise<Socket> {
  const fd = openSocketPath(rootFd, path);
  if (!fstatSync(fd).isSocket()) {
    closeSync(fd);
    throw new CodedError('NOT_FOUND', `found no socket at ${path}, but something else`);
  }
  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  const socket = connect({ path: `/proc/self/fd/${fd}` });
  socket.once('connect', () => {
    closeSync(fd);
    socket.removeAllListeners('error');
    resolve(socket);
  });
  socket.once('error', (error: NodeJS.ErrnoException) => {
    closeSync(fd);
    reject(
      new CodedError('NOT_FOUND', `nobody listens at ${path} (${error.code ?? error.message})`, {
        cause: error,
      }),
    );
  });
  return await promise;
}
