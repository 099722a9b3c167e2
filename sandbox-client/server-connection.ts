/** Where the sandbox-server is asked, and the ways: an answer of JSON, a command's output as it comes, reports. */
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

  constructor({ socketPath, timeoutMs = 60_000 }: ServerConnectionOptions) {
    this.socketPath = socketPath;
    this.timeoutMs = timeoutMs;
  }

  json<T>(call: Call): Promise<T> {
    return requestJson<T>(this.complete(call));
  }

  async run(call: Call, { onStdout, onStderr, whenReady }: ExecOptions): Promise<ExecExit> {
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
    return { ...call, socketPath: this.socketPath, timeoutMs: this.timeoutMs };
  }
}
