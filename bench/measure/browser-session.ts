/** What a page does, without the page: a learner's cookie, a machine, a terminal's socket, a lesson's events. */
import { once } from 'node:events';
import WebSocket from 'ws';
import { terminalSubprotocol } from '../../protocol/terminal.ts';

export class BrowserSession {
  readonly #url: string;
  #cookie = '';

  constructor(url: string) {
    this.#url = url.replace(/\/$/, '');
  }

  /** As a browser sends it, once there was an answer with one. */
  get cookie(): string {
    return this.#cookie;
  }

  async request<T>(method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<T> {
    const response = await fetch(this.#url + path, {
      method,
      headers: {
        origin: this.#url,
        ...(this.#cookie === '' ? {} : { cookie: this.#cookie }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const cookie = response.headers.get('set-cookie')?.split(';')[0];
    if (cookie !== undefined) this.#cookie = cookie;
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (response.status === 204 ? undefined : await response.json()) as T;
  }

  async openTerminal(): Promise<TerminalSession> {
    const { id } = await this.request<{ id: string }>('POST', '/api/terminals', { cols: 80, rows: 24 });
    const socket = new WebSocket(
      `${this.#url.replace('http', 'ws')}/api/terminals/${id}`,
      terminalSubprotocol,
      {
        origin: this.#url,
        headers: { cookie: this.#cookie },
      },
    );
    await once(socket, 'open');
    return new TerminalSession(socket);
  }

  /** Server-Sent Events of a lesson as raw text, until `signal` ends it. */
  async follow(lesson: string, onText: (text: string) => void, signal: AbortSignal): Promise<void> {
    const response = await fetch(`${this.#url}/api/lessons/${lesson}/events`, {
      headers: { cookie: this.#cookie },
      signal,
    });
    const decoder = new TextDecoder();
    try {
      for await (const chunk of response.body ?? []) onText(decoder.decode(chunk, { stream: true }));
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }
}

export class TerminalSession {
  readonly #socket: WebSocket;
  #text = '';
  #changed = Promise.withResolvers<void>();
  #parsed = 0;

  constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data: Buffer, isBinary: boolean) => {
      if (!isBinary) {
        const message = JSON.parse(data.toString()) as { type: string; seq?: number };
        if (message.type === 'hello') this.#parsed = message.seq ?? 0;
        return;
      }
      this.#parsed += data.length;
      socket.send(JSON.stringify({ type: 'ack', seq: this.#parsed }));
      this.#text += data.toString('latin1');
      this.#changed.resolve();
      this.#changed = Promise.withResolvers();
    });
    socket.send(JSON.stringify({ type: 'attach', cols: 80, rows: 24 }));
  }

  type(text: string): void {
    this.#text = '';
    this.#socket.send(Buffer.from(text));
  }

  /** Resolves when the output since the last `type` contains it. */
  async see(text: string): Promise<void> {
    while (!this.#text.includes(text)) await this.#changed.promise;
  }

  /** The same for a pattern; what it matched. */
  async find(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const found = pattern.exec(this.#text);
      if (found !== null) return found;
      await this.#changed.promise;
    }
  }

  close(): void {
    this.#socket.close();
  }
}
