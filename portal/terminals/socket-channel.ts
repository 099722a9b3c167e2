import type { RawData, WebSocket } from 'ws';
import { Heartbeat } from './heartbeat.ts';
import type { ViewerChannel } from './viewer-channel.ts';

/** A viewer's channel over a WebSocket. */
export class SocketChannel implements ViewerChannel {
  readonly #socket: WebSocket;
  onMessage: ViewerChannel['onMessage'] = () => {};
  onClose: ViewerChannel['onClose'] = () => {};

  constructor(socket: WebSocket) {
    this.#socket = socket;
    const heartbeat = new Heartbeat(socket);
    socket.on('message', (data: RawData, isBinary) => {
      heartbeat.heard();
      if (this.isOpen) this.onMessage(data as Buffer, isBinary);
    });
    socket.on('close', () => {
      heartbeat[Symbol.dispose]();
      this.onClose();
    });
  }

  get isOpen(): boolean {
    return this.#socket.readyState === this.#socket.OPEN;
  }

  send(data: string | Buffer): void {
    if (this.isOpen) this.#socket.send(data, { binary: typeof data !== 'string' });
  }

  close(code: number): void {
    // A paused socket would never read the other side's close frame.
    this.#socket.resume();
    this.#socket.close(code);
  }

  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    if (this.#socket.isPaused) this.#socket.resume();
  }
}
