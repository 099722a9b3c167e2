import type { WebSocket } from 'ws';
import { terminalLimits } from '../../protocol/terminal.ts';

/** This many pings without a sign of life, and the socket is taken for half open. */
const maxMissed = 2;

/** Finds sockets whose other end vanished without a word (a laptop lid, a lost network). */
export class Heartbeat implements Disposable {
  readonly #timer: NodeJS.Timeout;
  #missed = 0;

  constructor(socket: WebSocket) {
    socket.on('pong', () => this.heard());
    this.#timer = setInterval(() => {
      if (this.#missed >= maxMissed) {
        // The close frame is for one that is only slow; the other end may not be there to answer it.
        socket.close(4408);
        socket.terminate();
        return;
      }
      this.#missed += 1;
      socket.ping();
    }, terminalLimits.pingIntervalMs);
  }

  heard(): void {
    this.#missed = 0;
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }
}
