/**
 * For tests: a sandbox-server whose machines are maps and whose terminals echo, behind the true protocol on a true Unix
 * socket. The portal cannot tell it from the real one, and the tests need neither root nor Linux.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { CodedError } from '../protocol/errors.ts';
import type { ErrorCode } from '../protocol/errors.ts';
import { execRequestSchema, execStreams, feedHeader, openTerminalSchema } from '../protocol/sandbox-api.ts';
import type { EgressView } from '../protocol/sandbox-api.ts';
import { EchoSandbox, randomId } from './echo-sandbox.fixture.ts';
import { runHere } from './run-here.fixture.ts';

export class EchoServer implements AsyncDisposable {
  readonly sandboxes = new Map<string, EchoSandbox>();
  readonly egress: EgressView = {
    sandboxes: [{ id: 'aaaa', bytesIn: 30, bytesOut: 4, connections: 1, refusals: 2, limitReached: null }],
    hosts: [{ host: 'mirror.test', bytesIn: 30, bytesOut: 4, connections: 1 }],
  };
  /** `METHOD /path` of every request. */
  readonly requests: string[] = [];
  /** Thrown at the next requests to make a sandbox. */
  createFault: ErrorCode | null = null;
  /** What there is not enough of for another one to run: thrown where one is made or started. */
  shortage: ErrorCode | null = null;
  /** Awaited by every request to make a sandbox. */
  createGate: Promise<void> = Promise.resolve();
  /** Thrown at the next requests for a checkpoint. */
  checkpointFault: ErrorCode | null = null;
  /** Thrown at the next requests to go back to one. */
  restoreFault: ErrorCode | null = null;
  /** Running at once; beyond is SANDBOX_FULL. */
  most = Infinity;
  readonly #socketPath: string;
  readonly #connections = new Set<Socket>();
  readonly #webSockets = new WebSocketServer({ noServer: true });
  #server = createServer();

  constructor(socketPath: string) {
    this.#socketPath = socketPath;
  }

  async start(): Promise<void> {
    this.#server = createServer((request, answer) => {
      void this.#answer(request, answer).catch((error: unknown) => {
        const coded = error instanceof CodedError ? error : new CodedError('INTERNAL', String(error));
        answer.writeHead(coded.status).end(JSON.stringify(coded.toBody()));
      });
    });
    this.#server.on('connection', (connection: Socket) => {
      this.#connections.add(connection);
      connection.on('error', () => connection.destroy());
      connection.on('close', () => this.#connections.delete(connection));
    });
    this.#server.on('upgrade', (request: IncomingMessage, connection: Duplex, head: Buffer) => {
      this.#upgrade(request, connection, head);
    });
    this.#server.listen(this.#socketPath);
    await once(this.#server, 'listening');
  }

  /** As a kill would: every connection breaks; machines live on. */
  async stop(): Promise<void> {
    for (const connection of this.#connections) connection.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  /** The only one there is. */
  get sandbox(): EchoSandbox {
    const [sandbox] = this.sandboxes.values();
    if (!sandbox) throw new Error('no sandbox was made yet');
    return sandbox;
  }

  async #answer(request: IncomingMessage, answer: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '', 'http://echo');
    this.requests.push(`${request.method} ${url.pathname}`);
    const body = url.pathname.endsWith('/feed') ? undefined : await readJson(request);
    const send = (value: unknown, status = 200): void =>
      void answer.writeHead(status).end(JSON.stringify(value));
    const [, , , id = '', part = '', item = ''] = url.pathname.split('/');
    if (url.pathname === '/healthz')
      return send({ status: 'ok', warm: 1, running: this.sandboxes.size, stopped: 0, unended: 0 });
    if (url.pathname === '/v1/egress') return send(this.egress);
    if (id === '') return send(await this.#create(), 201);

    const sandbox = this.#find(id);
    switch (`${request.method} ${part}`) {
      case 'GET ':
        return send(sandbox.view());
      case 'DELETE ':
        sandbox.end();
        this.sandboxes.delete(id);
        return void answer.writeHead(204).end();
      case 'POST start':
        this.#admit();
        sandbox.status = 'running';
        sandbox.boot += 1;
        sandbox.docker = 'ready';
        return send(sandbox.view());
      case 'POST stop':
        sandbox.status = 'stopped';
        sandbox.end();
        return send(sandbox.view());
      case 'POST docker':
        sandbox.docker = 'ready';
        return send(sandbox.view());
      case 'POST exec': {
        const { argv } = execRequestSchema.parse(body);
        sandbox.commands.push(argv.join(' '));
        if (sandbox.runsCommands) return runHere({ argv, answer });
        await sandbox.commandGate;
        const exit = Buffer.from(
          JSON.stringify({ exitCode: sandbox.exitCode, signal: null, timedOut: false }),
        );
        return void answer.end(
          Buffer.concat([Buffer.from([execStreams.exit, 0, 0, 0, 0, 0, 0, exit.length]), exit]),
        );
      }
      case 'POST checkpoints': {
        if (item !== '' && this.restoreFault) throw new CodedError(this.restoreFault, 'as the test wished');
        if (item !== '') sandbox.restore(item);
        else if (this.checkpointFault) throw new CodedError(this.checkpointFault, 'as the test wished');
        return item === '' ? send(sandbox.checkpoint(), 201) : send(sandbox.view());
      }
      case 'DELETE checkpoints':
        sandbox.checkpoints.splice(sandbox.checkpoints.indexOf(item), 1);
        return void answer.writeHead(204).end();
      case 'POST feed': {
        const header = Buffer.from(String(request.headers[feedHeader]), 'base64url').toString();
        const { argv } = execRequestSchema.parse(JSON.parse(header));
        return runHere({ argv, answer, input: request });
      }
      case 'GET terminals':
        return send({ terminals: [...sandbox.terminals.values()].map((terminal) => terminal.view()) });
      case 'POST terminals':
        if (sandbox.terminals.size >= sandbox.limits.terminals)
          throw new CodedError('TOO_MANY', 'no more terminals');
        return send(sandbox.openTerminal(openTerminalSchema.parse(body)).view(), 201);
      case 'DELETE terminals':
        sandbox.terminals.get(item)?.end();
        sandbox.terminals.delete(item);
        return void answer.writeHead(204).end();
      case 'GET file':
        return send(sandbox.files.get(url.searchParams.get('path') ?? '') ?? { outcome: 'missing' });
      case 'POST plan':
        return void answer.writeHead(204).end();
      case 'GET usage':
        return sandbox.followUsage(answer);
      case 'GET files':
        return sandbox.followFiles(answer, url.searchParams.getAll('path'));
      case 'GET processes':
        return send({ processes: sandbox.processes });
      default:
        throw new CodedError('NOT_FOUND', `${request.method} ${url.pathname}`);
    }
  }

  #upgrade(request: IncomingMessage, connection: Duplex, head: Buffer): void {
    const url = new URL(request.url ?? '', 'http://echo');
    const [, , , id = '', part = '', item = ''] = url.pathname.split('/');
    const sandbox = this.sandboxes.get(id);
    const terminal = sandbox?.terminals.get(item);
    if (sandbox && part === 'dial' && sandbox.docker === 'ready') {
      connection.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: socket\r\n\r\n');
      return sandbox.dial(connection);
    }
    if (terminal) {
      const from = Number(url.searchParams.get('from'));
      return this.#webSockets.handleUpgrade(request, connection, head, (socket) =>
        terminal.attach(socket, from),
      );
    }
    const code = part === 'dial' ? 'DOCKER_NOT_RUNNING' : 'TERMINAL_GONE';
    const body = JSON.stringify(new CodedError(code, 'refused').toBody());
    connection.end(`HTTP/1.1 404 Refused\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
  }

  #find(id: string): EchoSandbox {
    const sandbox = this.sandboxes.get(id);
    if (sandbox) return sandbox;
    throw new CodedError('SANDBOX_GONE', `no sandbox ${id}`);
  }

  #admit(): void {
    if (this.shortage) throw new CodedError(this.shortage, 'as the test wished');
    const running = [...this.sandboxes.values()].filter(({ status }) => status === 'running').length;
    if (running >= this.most) throw new CodedError('SANDBOX_FULL', `${running} run`);
  }

  async #create(): Promise<unknown> {
    await this.createGate;
    if (this.createFault) throw new CodedError(this.createFault, 'as the test wished');
    this.#admit();
    const sandbox = new EchoSandbox(randomId());
    this.sandboxes.set(sandbox.id, sandbox);
    return sandbox.view();
  }
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text === '' ? undefined : JSON.parse(text);
}
