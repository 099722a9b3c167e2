/** A connection to a Unix socket or TCP port of a sandbox, through the sandbox-server. */
import { request } from 'node:http';
import type { Socket } from 'node:net';
import { sandboxPath } from './api-path.ts';
import { readText } from './request.ts';
import { errorFromAnswer, errorFromTransport, timedOut } from './server-error.ts';

export interface DialOptions {
  /** Of the sandbox-server. */
  socketPath: string;
  sandboxId: string;
  /** Inside the sandbox: `/run/docker.sock`, or `tcp:127.0.0.1:8080`. */
  path: string;
  timeoutMs: number;
  signal?: AbortSignal | undefined;
}

/** `SandboxClient.dial`: the same for whoever holds a client and knows a sandbox. */
export type DialSandbox = (
  sandboxId: string,
  path: string,
  options: { timeoutMs?: number; signal?: AbortSignal | undefined },
) => Promise<Socket>;

/**
 * Resolves with the raw connection; who asked owns it and must destroy it. Rejects as `requestJson` does: with
 * DOCKER_NOT_RUNNING or NOT_FOUND where nobody listens at `path`.
 */
export function dial(options: DialOptions): Promise<Socket> {
  const { socketPath, sandboxId, path, timeoutMs, signal } = options;
  const what = `dial ${path} in ${sandboxId}`;
  const query = path.startsWith('tcp:') ? { tcp: path.slice('tcp:'.length) } : { path };
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const outgoing = request({
      socketPath,
      path: `${sandboxPath(sandboxId)}/dial?${new URLSearchParams(query)}`,
      headers: { connection: 'Upgrade', upgrade: 'socket' },
      agent: false,
    });
    const fail = (error: unknown): void => {
      stopWaiting();
      outgoing.destroy();
      reject(errorFromTransport(error, what, socketPath));
    };
    const timer = setTimeout(() => fail(timedOut(what, timeoutMs)), timeoutMs);
    const onAbort = (): void => fail(signal?.reason);
    const stopWaiting = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    outgoing.on('error', fail);
    outgoing.on('response', (answer) => {
      readText(answer, 64 * 1024).then(
        (text) => fail(errorFromAnswer(answer.statusCode ?? 0, text, what)),
        fail,
      );
    });
    outgoing.on('upgrade', (_answer, socket, head) => {
      stopWaiting();
      if (head.length > 0) socket.unshift(head);
      resolve(socket);
    });
    outgoing.end();
  });
}
