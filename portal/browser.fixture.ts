import { once } from 'node:events';
import WebSocket from 'ws';
import { terminalSubprotocol } from '../protocol/terminal.ts';
import type { ClientMessage, ServerMessage } from '../protocol/terminal.ts';
import type { LessonEvent } from '../protocol/portal-api.ts';

/** What a page does: requests with its cookie and Origin, event streams, terminal sockets. */
export class Browser {
  cookie = '';
  readonly #origin: () => string;

  constructor(origin: () => string) {
    this.#origin = origin;
  }

  get(path: string, init: RequestInit = {}): Promise<Answer> {
    return this.request('GET', path, init);
  }

  post(path: string, body?: unknown, init: RequestInit = {}): Promise<Answer> {
    const json =
      body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
    return this.request('POST', path, { ...json, ...init });
  }

  async request(method: string, path: string, init: RequestInit = {}): Promise<Answer> {
    const headers = {
      origin: this.#origin(),
      cookie: this.cookie,
      ...(init.headers as Record<string, string>),
    };
    const response = await fetch(`${this.#origin()}${path}`, {
      redirect: 'manual',
      ...init,
      method,
      headers,
    });
    this.cookie = response.headers.get('set-cookie')?.split(';')[0] ?? this.cookie;
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    return {
      status: response.status,
      headers: response.headers,
      text,
      json: isJson ? JSON.parse(text) : undefined,
    };
  }

  /** Events of a lesson, as they come. */
  async *events(
    path: string,
    signal?: AbortSignal,
    query = '',
  ): AsyncGenerator<LessonEvent, void, undefined> {
    const response = await fetch(`${this.#origin()}/api/lessons/${path}/events${query}`, {
      headers: { cookie: this.cookie },
      ...(signal && { signal }),
    });
    if (response.status !== 200 || !response.body) throw new Error(await response.text());
    let pending = '';
    for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
      const blocks = (pending + chunk).split('\n\n');
      pending = blocks.pop() ?? '';
      for (const block of blocks) {
        const [, event, data] = /^event: (\w+)\ndata: (.*)$/.exec(block) ?? [];
        if (event && data) yield { event, data: JSON.parse(data) } as LessonEvent;
      }
    }
  }

  terminal(id: string, options: TerminalOptions = {}): TerminalPage {
    const { origin = this.#origin(), cookie = this.cookie, subprotocol = terminalSubprotocol } = options;
    const socket = new WebSocket(`${this.#origin().replace('http', 'ws')}/api/terminals/${id}`, subprotocol, {
      ...(origin !== null && { origin }),
      headers: { cookie },
      perMessageDeflate: false,
    });
    return new TerminalPage(socket);
  }
}

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  // oxlint-disable-next-line no-explicit-any -- tests say what they expect of it
  json: any;
}

interface TerminalOptions {
  origin?: string | null;
  cookie?: string;
  subprotocol?: string;
}

/** A page's end of a terminal socket, which writes down what comes. */
export class TerminalPage {
  readonly socket: WebSocket;
  /** Texts as messages, bytes as strings. */
  readonly received: (ServerMessage | string)[] = [];
  bytes = Buffer.alloc(0);
  readonly closed: Promise<number>;
  /** Status of an answer that was no upgrade. */
  refusedWith: number | null = null;
  #changed = Promise.withResolvers<void>();

  constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on('error', () => {});
    socket.on('unexpected-response', (request, answer) => {
      this.refusedWith = answer.statusCode ?? 0;
      request.destroy();
      socket.terminate();
    });
    this.closed = new Promise((resolve) => {
      socket.on('close', (code) => {
        resolve(code);
        this.#tell();
      });
    });
    socket.on('message', (data: Buffer, isBinary) => {
      if (isBinary) this.bytes = Buffer.concat([this.bytes, data]);
      this.received.push(isBinary ? data.toString() : (JSON.parse(data.toString()) as ServerMessage));
      this.#tell();
    });
  }

  /** Opens and attaches; resolves at the hello. */
  async attach(message: Omit<Extract<ClientMessage, { type: 'attach' }>, 'type'> = { cols: 80, rows: 24 }) {
    if (this.socket.readyState === WebSocket.CONNECTING) await once(this.socket, 'open');
    this.tell({ type: 'attach', ...message });
    return this.message('hello');
  }

  tell(message: ClientMessage): void {
    this.socket.send(JSON.stringify(message));
  }

  type(text: string): void {
    this.socket.send(Buffer.from(text), { binary: true });
  }

  /** The newest message of a type, waited for. */
  async message<T extends ServerMessage['type']>(type: T): Promise<Extract<ServerMessage, { type: T }>> {
    const find = (): unknown => this.received.findLast((one) => typeof one !== 'string' && one.type === type);
    await this.until(() => find() !== undefined);
    return find() as Extract<ServerMessage, { type: T }>;
  }

  /** Resolves when it holds; asked again whenever something came. */
  async until(holds: () => boolean): Promise<void> {
    while (!holds()) {
      if (this.socket.readyState === WebSocket.CLOSED) throw new Error('the socket closed before that');
      await this.#changed.promise;
    }
  }

  #tell(): void {
    this.#changed.resolve();
    this.#changed = Promise.withResolvers();
  }
}
