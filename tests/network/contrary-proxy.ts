/**
 * Proxies as networks have them, small and real: each spoils one thing that terminals rest on. Loopback only. Pages reach it
 * by its own address, or, as a browser's configured proxy, by that of the course.
 */
import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';

export interface Contrariness {
  /** What becomes of an Upgrade: passed on; answered 400; accepted, and then nothing gets through. */
  upgrade?: 'pass' | 'refuse' | 'swallow';
  /** Answers are gathered whole before they are passed on. */
  gathers?: boolean;
  /** Every connection is cut before a word. */
  refuses?: boolean;
  /** Pages are passed on, and what they ask of the portal is cut. */
  refusesApi?: boolean;
  /** Every connection is cut this long after it began, milliseconds. */
  cutAfterMs?: number;
}

export class ContraryProxy implements AsyncDisposable {
  readonly requests: string[] = [];
  readonly #server = createServer((incoming, answer) => this.#pass(incoming, answer));
  readonly #sockets = new Set<Duplex>();
  /** Neither of their sides hears of the other's end. */
  readonly #frozen = new WeakSet<Duplex>();
  #isFrozen = false;
  readonly #responses = new Set<IncomingMessage>();
  /** Of browsers, for requests. */
  readonly #visitors = new Set<Duplex>();
  /** Those that an answer is under way to. */
  readonly #busy = new Set<Duplex>();
  readonly #contrariness: Contrariness;
  /** Where to; may be set later. */
  targetPort = 0;

  constructor(contrariness: Contrariness) {
    this.#contrariness = contrariness;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async start(): Promise<this> {
    this.#server.on('connection', (socket: Socket) => {
      this.#hold(socket);
      this.#visitors.add(socket);
      socket.on('close', () => this.#visitors.delete(socket));
      if (this.#isFrozen) {
        this.#frozen.add(socket);
        return void socket.pause();
      }
      const { cutAfterMs, refuses } = this.#contrariness;
      if (refuses) return void socket.destroy();
      if (cutAfterMs === undefined) return;
      const timer = setTimeout(() => socket.destroy(), cutAfterMs);
      socket.on('close', () => clearTimeout(timer));
    });
    this.#server.on('upgrade', (incoming, socket, head) => this.#upgrade(incoming, socket, head));
    this.#server.on('connect', (incoming, socket, head) => this.#tunnel(incoming, socket, head));
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return this;
  }

  /**
   * As a network that swallows packets: what is open stays open on both sides and nothing passes any more, also after the
   * thaw; what is opened meanwhile gets no answer.
   */
  freeze(): void {
    this.#isFrozen = true;
    for (const socket of this.#sockets) {
      this.#frozen.add(socket);
      socket.unpipe();
      socket.pause();
    }
    for (const response of this.#responses) response.unpipe();
  }

  /** New connections pass again. Those that no request waits on are cut, or a browser would go on using them. */
  thaw(): void {
    this.#isFrozen = false;
    for (const socket of this.#visitors) if (!this.#busy.has(socket)) socket.destroy();
  }

  /** Every connection there is now. */
  cutAll(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.cutAll();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #hold(socket: Duplex): void {
    this.#sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.#sockets.delete(socket));
  }

  #pass(incoming: IncomingMessage, answer: ServerResponse): void {
    this.requests.push(`${incoming.method} ${incoming.url}`);
    const { socket } = incoming;
    this.#busy.add(socket);
    answer.on('close', () => this.#busy.delete(socket));
    if (this.#isFrozen) return;
    const { method, url = '/', headers } = incoming;
    // A browser's configured proxy is asked for whole addresses.
    const path = url.replace(/^http:\/\/[^/]*/, '');
    if (this.#contrariness.refusesApi === true && path.startsWith('/api/')) return void answer.destroy();
    const outgoing = request({
      port: this.targetPort,
      host: '127.0.0.1',
      method,
      path,
      headers,
      agent: false,
    });
    outgoing.on('error', () => answer.destroy());
    answer.on('close', () => outgoing.destroy());
    outgoing.on('response', (response) => {
      response.on('error', () => answer.destroy());
      if (this.#isFrozen) return;
      this.#responses.add(response);
      response.on('close', () => this.#responses.delete(response));
      if (!this.#contrariness.gathers) {
        answer.writeHead(response.statusCode ?? 502, response.headers).flushHeaders();
        return void response.pipe(answer);
      }
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => {
        const { 'transfer-encoding': _chunked, ...rest } = response.headers;
        answer.writeHead(response.statusCode ?? 502, rest).end(Buffer.concat(parts));
      });
    });
    incoming.pipe(outgoing);
  }

  #upgrade(incoming: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.requests.push(`UPGRADE ${incoming.url}`);
    this.#visitors.delete(socket);
    if (this.#isFrozen) return;
    const { upgrade = 'pass' } = this.#contrariness;
    if (upgrade === 'refuse') {
      return void socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    }
    const upstream = connect(this.targetPort, '127.0.0.1', () => {
      const lines = incoming.rawHeaders.reduce(
        (text, word, index) => text + (index % 2 === 0 ? `${word}: ` : `${word}\r\n`),
        '',
      );
      upstream.write(`GET ${incoming.url} HTTP/1.1\r\n${lines}\r\n`);
      if (upgrade === 'pass') {
        upstream.write(head);
        upstream.pipe(socket).pipe(upstream);
        return;
      }
      // The handshake is passed, and nothing after it, in neither direction.
      upstream.once('data', (answer: Buffer) =>
        socket.write(answer.subarray(0, answer.indexOf('\r\n\r\n') + 4)),
      );
      socket.resume();
    });
    this.#bind(socket, upstream);
  }

  /** What browsers ask of a configured proxy for a WebSocket. */
  #tunnel(incoming: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.requests.push(`CONNECT ${incoming.url}`);
    this.#visitors.delete(socket);
    if (this.#isFrozen) return;
    const { upgrade = 'pass' } = this.#contrariness;
    this.#hold(socket);
    if (upgrade === 'refuse') {
      return void socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    }
    const upstream = connect(this.targetPort, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.write(head);
      if (upgrade === 'pass') return void upstream.pipe(socket).pipe(upstream);
      socket.once('data', (handshake: Buffer) => {
        upstream.write(handshake);
        socket.resume();
      });
      upstream.once('data', (answer: Buffer) =>
        socket.write(answer.subarray(0, answer.indexOf('\r\n\r\n') + 4)),
      );
    });
    this.#bind(socket, upstream);
  }

  /** Neither outlives the other. */
  #bind(socket: Duplex, upstream: Socket): void {
    this.#hold(upstream);
    const end = (one: Duplex) => () => {
      if (!this.#frozen.has(one)) one.destroy();
    };
    socket.on('close', end(upstream));
    upstream.on('close', end(socket));
  }
}
