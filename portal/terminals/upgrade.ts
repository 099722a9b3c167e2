/** The one way from HTTP to a terminal's WebSocket. Everything here comes before any trust: it is kept short and synchronous. */
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { CodedError } from '../../protocol/errors.ts';
import { networkSubprotocol } from '../../protocol/network.ts';
import { terminalLimits, terminalSubprotocol } from '../../protocol/terminal.ts';
import type { OriginList } from '../http/origin.ts';
import type { LearnerSession } from '../learners/learner-session.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import { echo } from '../network/echo-socket.ts';
import type { ProbeCount } from '../network/probe-count.ts';
import type { LearnerTerminals } from './learner-terminals.ts';
import { SocketChannel } from './socket-channel.ts';
import type { SocketCount } from './socket-count.ts';
import { ViewerSocket } from './viewer-socket.ts';

export interface TerminalUpgradeOptions {
  origins: OriginList;
  session: LearnerSession;
  terminals: LearnerTerminals;
  count: SocketCount;
  probes: ProbeCount;
  metrics: Metrics;
  /** Told of each input of a learner. */
  onTyped: (learnerId: string) => void;
  log: Log;
}

/** The request target itself is matched: a URL built from it and `Host` could be made to lie about the path. */
const terminalPath = /^\/api\/terminals\/([a-z0-9]{12})$/;
const networkPath = '/api/network/socket';

export class TerminalUpgrade {
  readonly #options: TerminalUpgradeOptions;
  readonly #server = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    // Twice what is allowed: a frame a little too large gets our own close code, a far larger one is not read.
    maxPayload: 2 * terminalLimits.maxFrameBytes,
    handleProtocols: (_offered, request) => subprotocolOf(request.url),
  });

  constructor(options: TerminalUpgradeOptions) {
    this.#options = options;
  }

  listenOn(server: Server): void {
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      // First of all: a reset during the handshake must not end the process.
      socket.on('error', () => socket.destroy());
      const refusal = this.#refuse(request);
      if (refusal) {
        this.#options.log.info({ code: refusal.code, found: refusal.message }, 'an upgrade was refused');
        return answerRefusal(socket, refusal);
      }
      if (request.url === networkPath) this.#acceptProbe(request, socket, head);
      else this.#accept(request, socket, head);
    });
  }

  get socketCount(): number {
    return this.#server.clients.size;
  }

  /** What is not even answered by a WebSocket: none of it comes from a page of ours. */
  #refuse(request: IncomingMessage): CodedError | null {
    if (request.url !== networkPath && !terminalPath.test(request.url ?? '')) {
      return new CodedError('NOT_FOUND', 'nothing is upgraded at this path; expected /api/terminals/<id>');
    }
    if (!this.#options.origins.allows(request.headers.origin)) {
      return new CodedError('FORBIDDEN_ORIGIN', this.#options.origins.explain(request.headers.origin));
    }
    const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((one) => one.trim());
    const expected = subprotocolOf(request.url);
    if (!offered.includes(expected)) {
      return new CodedError('BAD_REQUEST', `expected the subprotocol ${expected}`);
    }
    return null;
  }

  /** From here on reasons are close codes, which a page can read; the status of a failed handshake it cannot. */
  #accept(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const { session, terminals, count, metrics, onTyped, log } = this.#options;
    const terminalId = terminalPath.exec(request.url ?? '')?.[1] as string;
    this.#server.handleUpgrade(request, socket, head, (webSocket) => {
      // ws closes by itself, with the code of the fault (1007, 1009 ...); unheard, the error would end the process.
      webSocket.on('error', (error) => log.info({ err: error, terminalId }, 'a terminal socket broke'));
      webSocket.on('close', (code) => {
        metrics.terminalCloses.inc({ code });
        log.info({ code, terminalId }, 'a terminal socket closed');
      });
      const learner = session.find(request);
      if (!learner) return webSocket.close(4401);
      if (!count.countIn(learner.id)) return webSocket.close(4429);
      // A cookie is good for a request; a socket outlives it, and a learner may be removed meanwhile.
      const asked = setInterval(() => {
        if (session.find(request) === null) webSocket.close(4401);
      }, terminalLimits.pingIntervalMs);
      webSocket.on('close', () => {
        clearInterval(asked);
        count.countOut(learner.id);
      });
      new ViewerSocket({
        channel: new SocketChannel(webSocket),
        findMirror: () => terminals.mirror(learner.id, terminalId),
        onTyped: () => onTyped(learner.id),
        log: log.child({ terminalId }),
      });
    });
  }

  #acceptProbe(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const { session, probes } = this.#options;
    this.#server.handleUpgrade(request, socket, head, (webSocket) => {
      webSocket.on('error', () => webSocket.terminate());
      const learner = session.find(request);
      if (!learner) return webSocket.close(4401);
      if (!probes.begin(learner.id)) return webSocket.close(4429);
      webSocket.on('close', () => probes.end(learner.id));
      echo(webSocket);
    });
  }

  /** Every browser is told to come back to a portal started anew; one that does not answer is cut off. */
  async close(graceMs: number): Promise<void> {
    const { clients } = this.#server;
    const closed = [...clients].map((client) => new Promise((resolve) => client.once('close', resolve)));
    for (const client of clients) client.close(1012);
    const timer = setTimeout(() => {
      for (const client of clients) client.terminate();
    }, graceMs);
    await Promise.all(closed);
    clearTimeout(timer);
  }
}

function subprotocolOf(url: string | undefined): string {
  return url === networkPath ? networkSubprotocol : terminalSubprotocol;
}

function answerRefusal(socket: Duplex, error: CodedError): void {
  const body = JSON.stringify(error.toBody());
  socket.end(
    `HTTP/1.1 ${error.status} Refused\r\nConnection: close\r\nContent-Type: application/json\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}
