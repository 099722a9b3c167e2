/** Where the sandbox-server is asked, and the ways: an answer of JSON, a command's output as it comes, reports. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ExecExit } from '../protocol/sandbox-api.ts';
import { ExecFrameReader, type ExecOutput } from './exec-stream.ts';
import { followReports } from './report-lines.ts';
import { describe, requestJson, requestStream, type ServerRequest } from './request.ts';
import { errorFromTransport } from './server-error.ts';

export interface ServerConnectionOptions {
  /** The sandbox-server's Unix socket. */
  socketPath: string;
  /** For any one answer; making a sandbox on a busy host is the slowest. Default 60 s. */
  timeoutMs?: number;
  /**
   * Ends requests, commands and reports with an AbortError, also those begun later. Terminals and dialled sockets end by
   * whoever holds them.
   */
  signal?: AbortSignal;
}

export interface Abortable {
  signal?: AbortSignal | undefined;
}

export interface ExecOptions extends ExecOutput, Abortable {
  /** Awaited between pieces of output: the command is held while whoever takes its output is behind. */
  whenReady?: () => Promise<void> | undefined;
}

export type Call = Omit<ServerRequest, 'socketPath' | 'timeoutMs'>;

export class ServerConnection {
  readonly socketPath: string;
  readonly timeoutMs: number;
  readonly #signal: AbortSignal | undefined;
  readonly #underWay = new Set<Promise<unknown>>();

  constructor({ socketPath, timeoutMs = 60_000, signal }: ServerConnectionOptions) {
    this.socketPath = socketPath;
    this.timeoutMs = timeoutMs;
    this.#signal = signal;
  }

  json<T>(call: Call): Promise<T> {
    return this.#track(async () => await requestJson<T>(this.complete(call)));
  }

  run(call: Call, options: ExecOptions): Promise<ExecExit> {
    return this.#track(() => this.#run(call, options));
  }

  /**
   * No request and no command is under way, and whoever awaited one has gone on. For after the signal: else there may be no
   * end to it.
   */
  async settled(): Promise<void> {
    do {
      await Promise.allSettled(this.#underWay);
      await nextTurn();
    } while (this.#underWay.size > 0);
  }

  async #track<T>(begin: () => Promise<T>): Promise<T> {
    const call = begin();
    this.#underWay.add(call);
    try {
      return await call;
    } finally {
      this.#underWay.delete(call);
    }
  }

  async #run(call: Call, { onStdout, onStderr, whenReady }: ExecOptions): Promise<ExecExit> {
    const answer = await requestStream(this.complete(call));
    const reader = new ExecFrameReader({ onStdout, onStderr });
    try {
      for await (const chunk of answer as AsyncIterable<Buffer>) {
        reader.push(chunk);
        await whenReady?.();
      }
    } catch (error) {
      throw errorFromTransport(error, describe(call), this.socketPath);
    }
    return reader.finish();
  }

  follow<Report>(call: Call): AsyncGenerator<Report, void, undefined> {
    return followReports(this.complete(call));
  }

  complete(call: Call): ServerRequest {
    const signals = [call.signal, this.#signal].filter((signal) => signal !== undefined);
    const signal = signals.length > 1 ? AbortSignal.any(signals) : signals[0];
    signal?.throwIfAborted();
    return { ...call, socketPath: this.socketPath, timeoutMs: this.timeoutMs, signal };
  }
}
