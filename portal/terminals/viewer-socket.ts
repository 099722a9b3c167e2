/** One browser on one terminal: `protocol/terminal.ts`, the portal's half, over whatever carries it. */
import { CodedError } from '../../protocol/errors.ts';
import { clientMessageSchema, terminalLimits } from '../../protocol/terminal.ts';
import type { ClientMessage, ServerMessage } from '../../protocol/terminal.ts';
import { isAborted } from '../aborted.ts';
import type { Log } from '../log.ts';
import type { TerminalMirror } from './mirror.ts';
import type { ViewerChannel } from './viewer-channel.ts';
import { Viewer } from './viewer.ts';

export interface ViewerSocketOptions {
  channel: ViewerChannel;
  /** The mirror of the terminal asked for. TERMINAL_GONE where it is not the learner's. */
  findMirror: () => Promise<TerminalMirror>;
  /** Told of each input. */
  onTyped: () => void;
  log: Log;
}

/** Typed bytes the machine has not taken yet; beyond it the browser is not read from. */
const maxInputBytes = 256 * 1024;

export class ViewerSocket {
  readonly #options: ViewerSocketOptions;
  readonly #channel: ViewerChannel;
  readonly #attachTimer: NodeJS.Timeout;
  /** What came while `attach` was under way: no more than was in one read, for the socket is paused. */
  #backlog: { data: Buffer; isBinary: boolean }[] | null = null;
  #attached: { viewer: Viewer; mirror: TerminalMirror } | null = null;
  #inputBytes = 0;

  constructor(options: ViewerSocketOptions) {
    this.#options = options;
    this.#channel = options.channel;
    this.#attachTimer = setTimeout(() => this.#close(4408), terminalLimits.attachDeadlineMs);
    this.#channel.onMessage = (data, isBinary) => this.#receive(data, isBinary);
    this.#channel.onClose = () => this.#onClose();
  }

  #receive(data: Buffer, isBinary: boolean): void {
    if (!this.#channel.isOpen) return;
    if (data.length > terminalLimits.maxFrameBytes) return this.#refuse('a frame too large');
    if (this.#backlog) {
      this.#backlog.push({ data, isBinary });
      return;
    }
    if (isBinary) return this.#attached ? this.#type(data) : this.#refuse('bytes before attach');
    const message = parseMessage(data);
    if (!message) return this.#refuse('a message that is not in the protocol');
    this.#obey(message);
  }

  #obey(message: ClientMessage): void {
    if (message.type === 'ping') return this.#tell({ type: 'pong', t: message.t });
    if (message.type === 'attach') {
      return this.#attached ? this.#refuse('a second attach') : void this.#attach(message);
    }
    if (!this.#attached) return this.#refuse(`${message.type} before attach`);
    const { viewer, mirror } = this.#attached;
    if (message.type === 'ack') viewer.acknowledge(message.seq);
    else if (message.type === 'take') mirror.take(viewer);
    else if (message.type === 'clear') mirror.clear(viewer);
    else mirror.resize(viewer, { cols: message.cols, rows: message.rows });
  }

  async #attach(attach: Extract<ClientMessage, { type: 'attach' }>): Promise<void> {
    const { cols, rows, resumeFrom, viewer: page, as } = attach;
    clearTimeout(this.#attachTimer);
    this.#backlog = [];
    this.#channel.pause();
    try {
      const mirror = await this.#options.findMirror();
      if (!this.#channel.isOpen) return;
      const viewer = new Viewer({
        sink: {
          sendBytes: (bytes) => this.#channel.send(bytes),
          tell: (sent) => this.#tell(sent),
          close: (code) => this.#close(code),
        },
        source: mirror,
        size: { cols, rows },
        page,
        as,
      });
      this.#attached = { viewer, mirror };
      await mirror.attach(viewer, resumeFrom);
    } catch (error) {
      return this.#fail(error);
    }
    const backlog = this.#backlog;
    this.#backlog = null;
    this.#channel.resume();
    for (const { data, isBinary } of backlog) this.#receive(data, isBinary);
  }

  #type(bytes: Buffer): void {
    const { viewer, mirror } = this.#attached as { viewer: Viewer; mirror: TerminalMirror };
    this.#options.onTyped();
    this.#inputBytes += bytes.length;
    if (this.#inputBytes > maxInputBytes) this.#channel.pause();
    mirror.write(viewer, bytes, () => {
      this.#inputBytes -= bytes.length;
      if (this.#inputBytes <= maxInputBytes) this.#channel.resume();
    });
  }

  #tell(message: ServerMessage): void {
    this.#channel.send(JSON.stringify(message));
  }

  #refuse(found: string): void {
    this.#options.log.info({ found }, 'a terminal connection was closed for what it sent');
    this.#close(4400);
  }

  #fail(error: unknown): void {
    const code = error instanceof CodedError ? error.code : 'INTERNAL';
    if (code === 'TERMINAL_GONE' || code === 'SANDBOX_GONE') return this.#close(4404);
    if (code === 'SANDBOX_SERVER_DOWN' || isAborted(error)) return this.#close(4503);
    this.#options.log.error({ err: error }, 'cannot attach to a terminal');
    this.#close(4500);
  }

  #close(code: number): void {
    this.#channel.close(code);
  }

  #onClose(): void {
    clearTimeout(this.#attachTimer);
    if (this.#attached) this.#attached.mirror.detach(this.#attached.viewer);
  }
}

function parseMessage(data: Buffer): ClientMessage | null {
  try {
    return clientMessageSchema.parse(JSON.parse(data.toString('utf8')));
  } catch {
    return null;
  }
}
