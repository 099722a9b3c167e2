/** One HTTP request carried to its host and the answer back, both written anew. */
import { request as sendRequest, type Agent, type IncomingMessage, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream';
import type { Flow } from './flow.ts';
import type { Passage } from './passage.ts';
import { EgressRefusal } from './refusal.ts';

const answerTimeoutMs = 60_000;

/** Of one hop only (RFC 9110, 7.6.1); Node frames both sides by itself. */
const hopByHop = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Names and values by turns. */
function endToEnd({ rawHeaders, headers }: IncomingMessage): string[] {
  const named = (headers.connection ?? '').toLowerCase().split(/\s*,\s*/);
  const kept: string[] = [];
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const [name, value] = [rawHeaders[at] as string, rawHeaders[at + 1] as string];
    if (!hopByHop.has(name.toLowerCase()) && !named.includes(name.toLowerCase())) kept.push(name, value);
  }
  return kept;
}

export interface ExchangeOptions {
  request: IncomingMessage;
  response: ServerResponse;
  /** Checked; the name is not looked up again. */
  address: string;
  agent: Agent;
  flow: Flow;
  passage: Passage;
}

/** Resolves when it is over, however it ended. Rejects with an EgressRefusal where there was no answer to give. */
export function exchange({
  request,
  response,
  address,
  agent,
  flow,
  passage,
}: ExchangeOptions): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const hasBody = ['content-length', 'transfer-encoding'].some((name) => name in request.headers);
  const charge = () => {
    flow.settle();
    if (!passage.account.isOverdrawn || flow.report.refused !== null) return;
    flow.report.refused = 'bytesPerMinute';
    passage.reached('bytesPerMinute');
    request.socket.destroy();
  };

  function attempt(isFirst: boolean): void {
    const far = sendRequest({
      host: address,
      port: passage.port,
      method: request.method,
      path: request.url,
      headers: endToEnd(request),
      setHost: false,
      agent,
      timeout: answerTimeoutMs,
    });
    const abandon = () => far.destroy();
    response.once('close', abandon);
    far.once('timeout', abandon);
    far.once('error', (error) => {
      response.off('close', abandon);
      // The other end closed a kept connection as it was used again; nobody has seen the request.
      if (isFirst && far.reusedSocket && !hasBody && !response.destroyed) attempt(false);
      else if (response.headersSent || response.destroyed) resolve();
      else reject(new EgressRefusal('unreachable', `${flow.report.host} does not answer.`, { cause: error }));
    });
    far.once('response', (answer) => {
      answer.on('data', charge);
      giveBack(answer, response, () => {
        response.off('close', abandon);
        charge();
        resolve();
      });
    });
    if (hasBody) pipeline(request.on('data', charge), far, () => undefined);
    else far.end();
  }

  attempt(true);
  return promise;
}

function giveBack(answer: IncomingMessage, response: ServerResponse, onEnd: () => void): void {
  try {
    response.writeHead(answer.statusCode ?? 502, answer.statusMessage ?? '', endToEnd(answer));
  } catch {
    // A header that no tool would take either.
    answer.destroy();
    response.destroy();
    onEnd();
    return;
  }
  pipeline(answer, response, onEnd);
}
