import type { WebSocket } from 'ws';
import { networkProbes } from '../../protocol/network.ts';

const graceMs = 10_000;
const maxFrameBytes = 256;

/** A socket that says what it is told, for a while: whether and how fast frames get through can be seen by it. */
export function echo(socket: WebSocket): void {
  const timer = setTimeout(() => socket.close(1000), networkProbes.holdMs + graceMs);
  socket.on('close', () => clearTimeout(timer));
  socket.on('message', (data: Buffer, isBinary) => {
    if (isBinary || data.length > maxFrameBytes) return socket.close(4400);
    // One that does not read is not written to for ever.
    if (socket.bufferedAmount > 64 * 1024) return socket.terminate();
    socket.send(data.toString());
  });
}
