import type { WebSocket } from 'ws';
import type { TerminalView } from '../protocol/sandbox-api.ts';
import { terminalLimits, upstreamMessageSchema } from '../protocol/terminal.ts';

/**
 * A terminal without a shell: what is typed is echoed, what a test prints is output. It keeps the sandbox-server's half of
 * the protocol truly: numbered bytes, a log, output held back while the attached portal lags behind.
 */
export class EchoTerminal {
  readonly id: string;
  /** All that was ever output. */
  log = Buffer.alloc(0);
  /** The oldest byte still handed to who attaches. */
  logStart = 0;
  /** Bytes printed by the test and held back by flow control. */
  held = Buffer.alloc(0);
  input: Buffer[] = [];
  sizes: string[] = [];
  exited: TerminalView['exited'] = null;
  size = { cols: 80, rows: 24 };
  onInput = (bytes: Buffer): void => this.print(bytes);
  #socket: WebSocket | null = null;
  #acknowledged = 0;
  #paused = false;

  constructor(id: string, size: { cols: number; rows: number }) {
    this.id = id;
    this.size = size;
  }

  get isAttached(): boolean {
    return this.#socket !== null;
  }

  get isPaused(): boolean {
    return this.#paused;
  }

  view(): TerminalView {
    return {
      id: this.id,
      ...this.size,
      createdAt: '2026-01-01T00:00:00Z',
      seq: this.log.length,
      exited: this.exited,
    };
  }

  attach(socket: WebSocket, from: number): void {
    this.#socket = socket;
    const seq = Math.min(Math.max(from, this.logStart), this.log.length);
    this.#acknowledged = seq;
    socket.send(JSON.stringify({ type: 'hello', seq, end: this.log.length, ...this.size }));
    if (seq < this.log.length) socket.send(this.log.subarray(seq));
    if (this.exited) socket.send(JSON.stringify({ type: 'exit', ...this.exited }));
    socket.on('close', () => {
      if (this.#socket === socket) this.#socket = null;
      this.#balance();
    });
    socket.on('message', (data: Buffer, isBinary) => {
      if (isBinary) {
        this.input.push(data);
        return this.onInput(data);
      }
      const message = upstreamMessageSchema.parse(JSON.parse(data.toString()));
      if (message.type === 'ack') {
        this.#acknowledged = message.seq;
        return this.#balance();
      }
      this.size = { cols: message.cols, rows: message.rows };
      this.sizes.push(`${message.cols}x${message.rows}`);
    });
    this.#balance();
  }

  print(output: Buffer | string): void {
    this.held = Buffer.concat([this.held, Buffer.from(output)]);
    this.#balance();
  }

  exit(code: number): void {
    this.exited = { code, signal: null };
    this.#socket?.send(JSON.stringify({ type: 'exit', ...this.exited }));
  }

  /** Cuts the portal's connection, as a fault would. */
  cut(): void {
    this.#socket?.terminate();
  }

  end(): void {
    this.#socket?.close(4404);
  }

  #balance(): void {
    for (;;) {
      const unread = this.#socket ? this.log.length - this.#acknowledged : 0;
      if (!this.#paused && unread > terminalLimits.highWaterBytes) this.#paused = true;
      if (this.#paused && unread < terminalLimits.lowWaterBytes) this.#paused = false;
      if (this.#paused || this.held.length === 0) return;
      const chunk = this.held.subarray(0, 16 * 1024);
      this.held = this.held.subarray(chunk.length);
      this.log = Buffer.concat([this.log, chunk]);
      this.#socket?.send(chunk);
    }
  }
}
