/** The requests that leave HTTP: a terminal's WebSocket, and the bytes of a Unix socket or TCP port of a sandbox. */
import type { IncomingMessage } from 'node:http';
import { isIPv4, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { CodedError, errorCodes } from '../../protocol/errors.ts';
import { terminalLimits } from '../../protocol/terminal.ts';
import { attachSocket } from '../terminals/attachment.ts';
import type { Services } from './route.ts';
import { urlOf } from './url.ts';

const attachPattern = /^\/v1\/sandboxes\/([a-z0-9]{12})\/terminals\/([a-z0-9]{12})\/attach$/;
const dialPattern = /^\/v1\/sandboxes\/([a-z0-9]{12})\/dial$/;

const webSockets = new WebSocketServer({
  noServer: true,
  perMessageDeflate: false,
  maxPayload: terminalLimits.maxFrameBytes,
});

function refuse(socket: Duplex, error: unknown): void {
  const coded = error instanceof CodedError ? error : new CodedError('INTERNAL', (error as Error).message);
  const body = JSON.stringify(coded.toBody());
  const head = `HTTP/1.1 ${errorCodes[coded.code].status} ${coded.code}\r\ncontent-type: application/json`;
  socket.end(`${head}\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`);
}

/** What `?path=` or `?tcp=` names. */
async function farEnd({ engine }: Services, sandboxId: string, query: URLSearchParams): Promise<Socket> {
  const [, address = '', port] = /^([\d.]{7,15}):(\d{1,5})$/.exec(query.get('tcp') ?? '') ?? [];
  if (isIPv4(address) && Number(port) >= 1 && Number(port) <= 65_535) {
    return await engine.looks.dialTcp(sandboxId, { address, port: Number(port) });
  }
  const path = query.get('path') ?? '';
  if (path.startsWith('/') && !path.includes('\0')) return await engine.looks.dial(sandboxId, path);
  throw new CodedError('BAD_REQUEST', 'expected ?path= with an absolute path, or ?tcp= with IPv4 and port');
}

async function dial(
  services: Services,
  sandboxId: string,
  query: URLSearchParams,
  socket: Duplex,
  head: Buffer,
): Promise<void> {
  services.fleet.get(sandboxId);
  const far = await farEnd(services, sandboxId, query);
  // Either end failing ends the other; an end that finished first lets the other take what is still on its way.
  far.on('error', () => socket.destroy());
  socket.on('close', () => far.destroy());
  if (socket.destroyed) far.destroy();
  socket.write('HTTP/1.1 101 Switching Protocols\r\nconnection: Upgrade\r\nupgrade: socket\r\n\r\n');
  far.write(head);
  socket.pipe(far);
  far.pipe(socket);
}

export async function handleUpgrade(
  services: Services,
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): Promise<void> {
  // First thing: a reset while the rest is being worked out must not bring the server down.
  socket.on('error', () => socket.destroy());
  try {
    const url = urlOf(request);
    const [, attachId, terminalId] = attachPattern.exec(url.pathname) ?? [];
    if (attachId !== undefined && terminalId !== undefined) {
      const terminal = services.fleet.get(attachId).terminal(terminalId);
      const from = Number(url.searchParams.get('from') ?? 0);
      if (!Number.isSafeInteger(from) || from < 0) {
        throw new CodedError('BAD_REQUEST', 'expected ?from= with a sequence number');
      }
      webSockets.handleUpgrade(request, socket, head, (ws) => {
        ws.on('error', () => ws.terminate());
        attachSocket({ socket: ws, terminal, from });
      });
      return;
    }
    const [, dialId] = dialPattern.exec(url.pathname) ?? [];
    if (dialId !== undefined) {
      await dial(services, dialId, url.searchParams, socket, head);
      return;
    }
    throw new CodedError('NOT_FOUND', `there is nothing to upgrade to at ${url.pathname.slice(0, 200)}`);
  } catch (error) {
    refuse(socket, error);
  }
}
