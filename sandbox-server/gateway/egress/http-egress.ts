/**
 * Plain HTTP, request by request: what a learner's tool sends is parsed by Node, judged by its Host header and written
 * anew, so nothing can be smuggled behind an allowed request.
 */
import { Agent, createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Flow } from './flow.ts';
import { exchange } from './http-exchange.ts';
import type { Passage } from './passage.ts';
import { EgressRefusal, isLimit, refusalStatus } from './refusal.ts';

const idleTimeoutMs = 120_000;
/** A connection kept open for the next request of the same sandbox. */
const keepTimeoutMs = 30_000;

interface Conversation {
  passage: Passage;
  /** Of the host last asked for. */
  flow: Flow | null;
}

export class HttpEgress {
  readonly #server: Server;
  /** By account: connections of one sandbox are never another's. */
  readonly #agents = new WeakMap<object, Agent>();
  readonly #conversations = new WeakMap<Socket, Conversation>();

  constructor() {
    this.#server = createServer((request, response) => void this.#answer(request, response));
    this.#server.timeout = idleTimeoutMs;
    this.#server.keepAliveTimeout = idleTimeoutMs;
    this.#server.on('clientError', (_, socket) => socket.destroy());
  }

  /** `near` is paused and has bytes to read. */
  take(near: Socket, passage: Passage): void {
    const conversation: Conversation = { passage, flow: null };
    this.#conversations.set(near, conversation);
    near.once('close', () => {
      if (conversation.flow !== null) passage.ended(conversation.flow.end());
    });
    this.#server.emit('connection', near);
    process.nextTick(() => near.resume());
  }

  /** Ends what is kept open for a sandbox. */
  forget(account: object): void {
    this.#agents.get(account)?.destroy();
    this.#agents.delete(account);
  }

  #agentOf(account: object): Agent {
    const agent =
      this.#agents.get(account) ?? new Agent({ keepAlive: true, maxFreeSockets: 4, timeout: keepTimeoutMs });
    this.#agents.set(account, agent);
    return agent;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const conversation = this.#conversations.get(request.socket);
    if (conversation === undefined) return;
    const { passage } = conversation;
    response.sendDate = false;
    response.on('error', () => undefined);
    try {
      passage.begin();
      const flow = flowFor(conversation, request);
      const address = await passage.resolve(flow.report.host);
      flow.report.address = address;
      flow.report.requests += 1;
      const agent = this.#agentOf(passage.account);
      await exchange({ request, response, address, agent, flow, passage });
    } catch (error) {
      if (!(error instanceof EgressRefusal)) {
        process.stderr.write(`relay: ${(error as Error).stack}\n`);
        response.destroy();
        return;
      }
      passage.refused(error, request.headers.host ?? null);
      refuse(response, error, passage);
    }
  }
}

/** Throws an EgressRefusal where the request may not go where it asks. */
function flowFor(conversation: Conversation, request: IncomingMessage): Flow {
  const { passage, flow } = conversation;
  const { port } = passage;
  if (!/^\/[\x21-\x7e]*$/.test(request.url ?? '')) {
    const expected = 'A request must ask for a path of the host, as in "GET /path".';
    throw new EgressRefusal('malformed', expected);
  }
  const [name = '', named] = (request.headers.host ?? '').split(':');
  // The port it was sent to says where it goes; another one in the header is a mistake or a trick.
  const host = passage.hosts.require(named === undefined || Number(named) === port ? name : '', port);
  if (flow?.report.host === host) return flow;
  if (flow !== null) passage.ended(flow.end());
  conversation.flow = passage.flowTo(host, 'http');
  return conversation.flow;
}

function refuse(response: ServerResponse, { reason, message }: EgressRefusal, { account }: Passage): void {
  if (response.headersSent || response.destroyed) return;
  response.setHeader('content-type', 'text/plain; charset=utf-8');
  // What is left of the request is not read.
  response.setHeader('connection', 'close');
  if (isLimit(reason)) response.setHeader('retry-after', account.secondsUntilRoom(reason));
  const body = `${message}\n`;
  response.writeHead(refusalStatus[reason], { 'content-length': Buffer.byteLength(body) });
  response.end(body);
}
