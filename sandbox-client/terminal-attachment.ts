/** One attachment to a terminal of the sandbox-server: numbered output in, input out. */
import { connect } from 'node:net';
import WebSocket from 'ws';
import { CodedError } from '../protocol/errors.ts';
import type { UpstreamMessage, UpstreamServerMessage } from '../protocol/terminal.ts';
import { terminalPath } from './api-path.ts';
import { readText } from './request.ts';
import { errorFromAnswer, errorFromTransport } from './server-error.ts';

export interface AttachmentHandlers {
  /** First; binary output from `hello.seq` on follows. */
  onHello(hello: Extract<UpstreamServerMessage, { type: 'hello' }>): void;
  onOutput(bytes: Buffer): void;
  onExit(exit: Extract<UpstreamServerMessage, { type: 'exit' }>): void;
  /** Last, exactly once. `error`: why it could not be opened or was lost; absent after `close()` or a clean end. */
  onClose(close: { code: number; error?: Error }): void;
}

export interface AttachmentOptions {
  /** Of the sandbox-server. */
  socketPath: string;
  sandboxId: string;
  terminalId: string;
  /** The first output byte wanted. */
  from: number;
  timeoutMs: number;
}

/** Output frames come from the log in pieces; a frame beyond this is not one of ours. */
const maxPayloadBytes = 8 * 1024 * 1024;

export class TerminalAttachment {
  readonly #socket: WebSocket;
  readonly #handlers: AttachmentHandlers;
  #error: Error | undefined;

  constructor(options: AttachmentOptions, handlers: AttachmentHandlers) {
    const { socketPath, sandboxId, terminalId, from, timeoutMs } = options;
    const what = `attach to terminal ${terminalId}`;
    this.#handlers = handlers;
    this.#socket = new WebSocket(
      `ws://sandbox-server${terminalPath(sandboxId, terminalId)}/attach?from=${from}`,
      {
        createConnection: () => connect({ path: socketPath }),
        perMessageDeflate: false,
        handshakeTimeout: timeoutMs,
        maxPayload: maxPayloadBytes,
      },
    );
    this.#socket.on('message', (data: Buffer, isBinary) => this.#receive(data, isBinary));
    this.#socket.on('unexpected-response', (request, answer) => {
      readText(answer, 64 * 1024)
        .then((text) => errorFromAnswer(answer.statusCode ?? 0, text, what))
        .catch((error: unknown) => errorFromTransport(error, what, socketPath))
        .then((error) => {
          this.#error ??= error;
          request.destroy();
          this.#socket.terminate();
        });
    });
    this.#socket.on('error', (error) => {
      this.#error ??= errorFromTransport(error, what, socketPath);
    });
    this.#socket.on('close', (code) => {
      handlers.onClose({ code, ...(this.#error && { error: this.#error }) });
    });
  }

  /** Typed bytes. False, and they are lost, where the socket is not open. `onSent`: they are out of our hands. */
  write(bytes: Uint8Array, onSent?: () => void): boolean {
    if (this.#socket.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(bytes, { binary: true }, () => onSent?.());
    return true;
  }

  /** Every output byte before `seq` has been dealt with. */
  acknowledge(seq: number): void {
    this.#send({ type: 'ack', seq });
  }

  resize(cols: number, rows: number): void {
    this.#send({ type: 'resize', cols, rows });
  }

  /** Ends the attachment; the terminal itself lives on. */
  close(): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.close(1000);
    else this.#socket.terminate();
  }

  #send(message: UpstreamMessage): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }

  #receive(data: Buffer, isBinary: boolean): void {
    if (isBinary) return this.#handlers.onOutput(data);
    let message: UpstreamServerMessage;
    try {
      message = JSON.parse(data.toString('utf8')) as UpstreamServerMessage;
    } catch (cause) {
      this.#error ??= new CodedError('INTERNAL', 'the sandbox-server sent a text frame that is not JSON', {
        cause,
      });
      return this.#socket.terminate();
    }
    // Unknown types are for newer portals: either process may be upgraded first.
    if (message.type === 'hello') this.#handlers.onHello(message);
    else if (message.type === 'exit') this.#handlers.onExit(message);
  }
}
