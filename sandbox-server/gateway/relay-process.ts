/** Keeps the relay process alive and knows which sandboxes it serves, so a new one gets them all again. */
import { fork, type ChildProcess } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';
import { relayServices, type RelayMessage, type RelayOptions, type RelayService } from './relay/messages.ts';

/** Opens the listening socket of a service in a sandbox's gateway namespace; the descriptor becomes the caller's. */
export type ListenInGateway = (options: { protocol: 'tcp' | 'udp'; port: number }) => number;

const restartMs = 300;

export class RelayProcess implements AsyncDisposable {
  readonly #options: RelayOptions;
  readonly #log: Logger;
  readonly #attached = new Map<string, ListenInGateway>();
  #child: ChildProcess | null = null;
  #ready: Promise<unknown> = Promise.resolve();
  #stopped = false;

  constructor(options: RelayOptions, log: Logger) {
    this.#options = options;
    this.#log = log;
  }

  start(): void {
    const child = fork(
      fileURLToPath(new URL('relay/main.ts', import.meta.url)),
      [JSON.stringify(this.#options)],
      {
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
        cwd: '/',
        env: { PATH: process.env.PATH },
        execArgv: ['--no-warnings'],
      },
    );
    this.#child = child;
    this.#ready = once(child, 'message');
    this.#ready.catch(() => undefined);
    child.once('exit', (code, signal) => {
      if (this.#child === child) this.#child = null;
      if (this.#stopped) return;
      this.#log.warn({ code, signal }, 'the relay ended; starting it again');
      setTimeout(() => !this.#stopped && this.start(), restartMs);
    });
    for (const [sandboxId, listen] of this.#attached) {
      this.#hand(child, sandboxId, listen).catch((error: unknown) =>
        this.#log.error({ error, sandboxId }, 'no gateway'),
      );
    }
  }

  async attach(sandboxId: string, listen: ListenInGateway): Promise<void> {
    this.#attached.set(sandboxId, listen);
    if (this.#child !== null) await this.#hand(this.#child, sandboxId, listen);
  }

  detach(sandboxId: string): void {
    if (this.#attached.delete(sandboxId))
      this.#child?.send({ type: 'detach', sandboxId } satisfies RelayMessage);
  }

  async #hand(child: ChildProcess, sandboxId: string, listen: ListenInGateway): Promise<void> {
    for (const service of Object.keys(relayServices) as RelayService[]) {
      const { protocol, port } = relayServices[service];
      const fd = listen({ protocol, port });
      const handle = protocol === 'tcp' ? createServer() : createSocket('udp4');
      // Before the call: a UDP socket that is handed a descriptor tells so at once.
      const listening = once(handle, 'listening');
      if ('listen' in handle) handle.listen({ fd });
      else handle.bind({ fd });
      await listening;
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const message: RelayMessage = { type: 'attach', sandboxId, service };
      child.send(message, handle, { keepOpen: false }, (error) => (error ? reject(error) : resolve()));
      await promise;
      handle.close();
    }
  }

  /** Resolves when the first relay has given up its rights and takes sandboxes. */
  async whenReady(): Promise<void> {
    await this.#ready;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopped = true;
    const child = this.#child;
    if (child === null) return;
    const ended = once(child, 'exit');
    child.disconnect();
    await ended;
  }
}
