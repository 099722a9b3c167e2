/** Whether dockerd is up: a ping whose answer is only compared, not parsed. */
import { dialSocket } from './dial.ts';

export const dockerSocketPath = '/run/docker.sock';
const pingTimeoutMs = 2_000;

/** Never rejects: no answer, a slow one and a strange one are all `false`. */
export async function pingDocker(rootFd: number): Promise<boolean> {
  const socket = await dialSocket({ rootFd, path: dockerSocketPath }).catch(() => null);
  if (socket === null) return false;
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => resolve(false), pingTimeoutMs);
  let head = '';
  socket.on('data', (chunk: Buffer) => {
    head += chunk.toString('latin1');
    if (head.length >= 12) resolve(/^HTTP\/1\.[01] 200/.test(head));
  });
  socket.on('error', () => resolve(false));
  socket.on('close', () => resolve(false));
  socket.write('GET /_ping HTTP/1.0\r\n\r\n');
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    socket.destroy();
  }
}
