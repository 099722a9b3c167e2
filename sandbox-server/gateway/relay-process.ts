/** Keeps the relay process alive and knows which sandboxes it serves, so a new one gets them all again. */
import { fork, type ChildProcess } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';
import { CodedError } from '../../protocol/errors.ts';
import type { EgressLimits } from './egress/account.ts';
import { relayReportSchema, relayServices } from './relay/messages.ts';
import type { RelayMessage, RelayOptions, RelayReport, RelayService } from './relay/messages.ts';

/** Opens the listening socket of a service in a sandbox's gateway namespace; the descriptor becomes the caller's. */
export type ListenInGateway = (options: { protocol: 'tcp' | 'udp'; port: number }) => number;

export interface AttachOptions {
  listen: ListenInGateway;
  limits: EgressLimits;
}

const restartMs = 300;
/** How long an earlier relay, of a server that was killed, may take to let go of its sockets. */
const takeoverMs = 5_000;

export interface RelayProcessOptions {
  relay: RelayOptions;
  /** On which package sources may be asked for. */
  ports: readonly number[];
  onReport: (report: Exclude<RelayReport, { type: 'ready' }>) => void;
  log: Logger;
}

export class RelayProcess implements AsyncDisposable {
  readonly #options: RelayOptions;
  readonly #services: RelayService[];
  readonly #onReport: RelayProcessOptions['onReport'];
  readonly #log: Logger;
  readonly #attached = new Map<string, AttachOptions>();
  #child: ChildProcess | null = null;
  #ready: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor({ relay, ports, onReport, log }: RelayProcessOptions) {
    this.#options = relay;
    this.#services = relayServices(ports);
    this.#onReport = onReport;
    this.#log = log;
  }

  start(): void {
    const program = fileURLToPath(new URL('relay/main.ts', import.meta.url));
    const compileCache = process.env.NODE_COMPILE_CACHE;
    const child = fork(program, [JSON.stringify(this.#options)], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      cwd: '/',
      env: { PATH: process.env.PATH, ...(compileCache && { NODE_COMPILE_CACHE: compileCache }) },
      execArgv: ['--no-warnings', '--max-semi-space-size=2'],
    });
    this.#child = child;
    // Also a message to one that has just ended: the exit, which follows, starts another.
    child.on('error', (error) => this.#log.warn({ error }, 'the relay cannot be told'));
    child.on('message', (message) => this.#hear(message));
    this.#ready = Promise.race([once(child, 'message'), once(child, 'exit')]).then(([first]) => {
      if (typeof first === 'object' && first !== null) return;
      throw new CodedError(
        'HOST_UNSUITABLE',
        `the gateway's relay ended with ${String(first)} as it started`,
      );
    });
    this.#ready.catch(() => undefined);
    child.once('exit', (code, signal) => {
      if (this.#child === child) this.#child = null;
      if (this.#stopped) return;
      this.#log.warn({ code, signal }, 'the relay ended; starting it again');
      setTimeout(() => !this.#stopped && this.start(), restartMs);
    });
    for (const [sandboxId, options] of this.#attached) {
      this.#hand(child, sandboxId, options).catch((error: unknown) =>
        this.#log.error({ error, sandboxId }, 'a sandbox has no gateway'),
      );
    }
  }

  #hear(message: unknown): void {
    const { success, data, error } = relayReportSchema.safeParse(message);
    if (!success) this.#log.error({ error }, 'the relay told something that is no report');
    else if (data.type !== 'ready') this.#onReport(data);
  }

  /** Where the relay ends meanwhile, the next one is given the sandbox. */
  async attach(sandboxId: string, options: AttachOptions): Promise<void> {
    this.#attached.set(sandboxId, options);
    if (this.#child !== null) await this.#hand(this.#child, sandboxId, options);
  }

  detach(sandboxId: string): void {
    if (!this.#attached.delete(sandboxId)) return;
    this.#child?.send({ type: 'detach', sandboxId } satisfies RelayMessage, () => undefined);
  }

  async #hand(child: ChildProcess, sandboxId: string, options: AttachOptions): Promise<void> {
    const { listen, limits } = options;
    for (const service of this.#services) {
      const { protocol, port } = service;
      const isWanted = () => this.#child === child && this.#attached.get(sandboxId) === options;
      const fd = await untilFree(() => (isWanted() ? listen({ protocol, port }) : null));
      if (fd === null) return;
      const handle = protocol === 'tcp' ? createServer() : createSocket('udp4');
      // Before the call: a UDP socket that is handed a descriptor tells so at once.
      const listening = once(handle, 'listening');
      if ('listen' in handle) handle.listen({ fd });
      else handle.bind({ fd });
      await listening;
      try {
        if (isWanted()) await send(child, { type: 'attach', sandboxId, service, limits }, handle);
      } finally {
        handle.close();
      }
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
    if (child.connected) child.disconnect();
    await ended;
  }
}

/** Tries again while another process still listens there. */
async function untilFree(listen: () => number | null): Promise<number | null> {
  for (const deadline = Date.now() + takeoverMs; ; await delay(50)) {
    try {
      return listen();
    } catch (error) {
      if ((error as { code?: string }).code !== 'EADDRINUSE' || Date.now() > deadline) throw error;
    }
  }
}

type Handle = ReturnType<typeof createServer> | ReturnType<typeof createSocket>;

/** Resolves when it is on its way, or when there is nobody left to send it to: Node drops what is queued for those. */
async function send(child: ChildProcess, message: RelayMessage, handle: Handle): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const onExit = () => resolve();
  child.once('exit', onExit);
  if (child.exitCode !== null || child.signalCode !== null) resolve();
  else child.send(message, handle, { keepOpen: false }, () => resolve());
  await promise;
  child.off('exit', onExit);
}
