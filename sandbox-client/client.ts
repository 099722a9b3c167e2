/** The sandbox-server, as its clients see it: one method per row of the table in `protocol/sandbox-api.ts`. */
import type { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import {
  feedHeader,
  type CapacityView,
  type CheckpointTaken,
  type CheckpointView,
  type CreateSandbox,
  type DockerAsked,
  type EgressView,
  type ExecExit,
  type ExecRequest,
  type OpenTerminal,
  type PoolView,
  type ResizePool,
  type SandboxPlan,
  type SandboxServerHealth,
  type SandboxView,
  type TerminalView,
} from '../protocol/sandbox-api.ts';
import type {
  FileReport,
  FileView,
  RawCgroup,
  RawMountTable,
  RawProcess,
} from '../protocol/sandbox-looks.ts';
import type { SandboxUsage, UsageReport } from '../protocol/usage.ts';
import { checkpointPath, sandboxPath, terminalPath } from './api-path.ts';
import { dial } from './dial.ts';
import { ServerConnection, type Abortable } from './server-connection.ts';
import type { ExecOptions, ServerConnectionOptions } from './server-connection.ts';
import { TerminalAttachment, type AttachmentHandlers } from './terminal-attachment.ts';

/**
 * Holds no connection between calls, so a restart of the server needs nothing here. Every method rejects with the
 * server's own `CodedError`, with SANDBOX_SERVER_DOWN where it cannot be reached, or with the signal's AbortError.
 */
export class SandboxClient {
  readonly #server: ServerConnection;

  constructor(options: ServerConnectionOptions) {
    this.#server = new ServerConnection(options);
  }

  /** After the signal of the options: resolves when no request and no command is under way, and whoever awaited one has gone on. */
  settled(): Promise<void> {
    return this.#server.settled();
  }

  health(): Promise<SandboxServerHealth> {
    return this.#server.json({ method: 'GET', path: '/healthz' });
  }

  /** Stops every sandbox, keeping the disks, removes the warm ones; then the server's process ends. */
  async shutdown(): Promise<void> {
    await this.#server.json({ method: 'POST', path: '/v1/shutdown' });
  }

  capacity(): Promise<CapacityView> {
    return this.#server.json({ method: 'GET', path: '/v1/capacity' });
  }

  pool(): Promise<PoolView> {
    return this.#server.json({ method: 'GET', path: '/v1/pool' });
  }

  /** Null: as the configuration has it. */
  resizePool(size: number | null): Promise<PoolView> {
    return this.#server.json({ method: 'POST', path: '/v1/pool', body: { size } satisfies ResizePool });
  }

  create(request: CreateSandbox): Promise<SandboxView> {
    return this.#server.json({ method: 'POST', path: '/v1/sandboxes', body: request });
  }

  async list(): Promise<SandboxView[]> {
    const answer = await this.#server.json<{ sandboxes: SandboxView[] }>({
      method: 'GET',
      path: '/v1/sandboxes',
    });
    return answer.sandboxes;
  }

  view(id: string, options: { docker?: DockerAsked } & Abortable = {}): Promise<SandboxView> {
    const query = options.docker === undefined ? '' : `?docker=${options.docker}`;
    return this.#server.json({ method: 'GET', path: `${sandboxPath(id)}${query}`, signal: options.signal });
  }

  /** Resolves when nothing of it is left. */
  async destroy(id: string): Promise<void> {
    await this.#server.json({ method: 'DELETE', path: sandboxPath(id) });
  }

  start(id: string): Promise<SandboxView> {
    return this.#server.json({ method: 'POST', path: `${sandboxPath(id)}/start` });
  }

  stop(id: string): Promise<SandboxView> {
    return this.#server.json({ method: 'POST', path: `${sandboxPath(id)}/stop` });
  }

  startDocker(id: string): Promise<SandboxView> {
    return this.#server.json({ method: 'POST', path: `${sandboxPath(id)}/docker/start` });
  }

  /** Runs a command to its end. Aborting drops the connection; the server then kills the command. */
  exec(id: string, request: ExecRequest, options: ExecOptions = {}): Promise<ExecExit> {
    const { signal } = options;
    return this.#server.run(
      { method: 'POST', path: `${sandboxPath(id)}/exec`, body: request, signal },
      options,
    );
  }

  /** As `exec`, with a standard input that is sent as it comes; what the command does not read is read away. */
  feed(
    id: string,
    request: Omit<ExecRequest, 'stdin'>,
    options: ExecOptions & { input: Readable },
  ): Promise<ExecExit> {
    const { signal, input } = options;
    const headers = { [feedHeader]: Buffer.from(JSON.stringify(request)).toString('base64url') };
    return this.#server.run(
      { method: 'POST', path: `${sandboxPath(id)}/feed`, headers, input, signal },
      options,
    );
  }

  /** What went out to package sources. */
  egress(): Promise<EgressView> {
    return this.#server.json({ method: 'GET', path: '/v1/egress' });
  }

  /** Oldest first. */
  async checkpoints(id: string): Promise<CheckpointView[]> {
    const path = `${sandboxPath(id)}/checkpoints`;
    return (await this.#server.json<{ checkpoints: CheckpointView[] }>({ method: 'GET', path })).checkpoints;
  }

  checkpoint(id: string): Promise<CheckpointTaken> {
    return this.#server.json({ method: 'POST', path: `${sandboxPath(id)}/checkpoints` });
  }

  async dropCheckpoint(id: string, checkpointId: string): Promise<void> {
    await this.#server.json({ method: 'DELETE', path: checkpointPath(id, checkpointId) });
  }

  /** Answers when a shell can be opened; Docker may still be starting. */
  restore(id: string, checkpointId: string): Promise<SandboxView> {
    return this.#server.json({ method: 'POST', path: `${checkpointPath(id, checkpointId)}/restore` });
  }

  async listTerminals(id: string): Promise<TerminalView[]> {
    const path = `${sandboxPath(id)}/terminals`;
    return (await this.#server.json<{ terminals: TerminalView[] }>({ method: 'GET', path })).terminals;
  }

  openTerminal(id: string, request: OpenTerminal): Promise<TerminalView> {
    return this.#server.json({ method: 'POST', path: `${sandboxPath(id)}/terminals`, body: request });
  }

  async closeTerminal(id: string, terminalId: string): Promise<void> {
    await this.#server.json({ method: 'DELETE', path: terminalPath(id, terminalId) });
  }

  /** Output from byte `from` on, as far as the server's log reaches back. Opening goes on after this returns. */
  attachTerminal(
    id: string,
    terminalId: string,
    { from }: { from: number },
    handlers: AttachmentHandlers,
  ): TerminalAttachment {
    return new TerminalAttachment(
      {
        socketPath: this.#server.socketPath,
        sandboxId: id,
        terminalId,
        from,
        timeoutMs: this.#server.timeoutMs,
      },
      handlers,
    );
  }

  readFile(
    id: string,
    { path, maxBytes, signal }: { path: string; maxBytes: number } & Abortable,
  ): Promise<FileView> {
    const query = new URLSearchParams({ path, max: String(maxBytes) });
    return this.#server.json({ method: 'GET', path: `${sandboxPath(id)}/file?${query}`, signal });
  }

  /** At most `maxFollowedPaths`. Followed from the first report on; ends when the sandbox is stopped. */
  followFiles(
    id: string,
    { paths, signal }: { paths: readonly string[] } & Abortable,
  ): AsyncGenerator<FileReport, void, undefined> {
    const query = new URLSearchParams(paths.map((path) => ['path', path]));
    return this.#server.follow({ method: 'GET', path: `${sandboxPath(id)}/files?${query}`, signal });
  }

  async processes(id: string, { signal }: Abortable = {}): Promise<RawProcess[]> {
    const path = `${sandboxPath(id)}/processes`;
    return (await this.#server.json<{ processes: RawProcess[] }>({ method: 'GET', path, signal })).processes;
  }

  async mountTables(id: string, { signal }: Abortable = {}): Promise<RawMountTable[]> {
    const path = `${sandboxPath(id)}/mounts`;
    return (await this.#server.json<{ tables: RawMountTable[] }>({ method: 'GET', path, signal })).tables;
  }

  /** `path` as the sandbox names it: `/` is the root of its cgroups. */
  cgroup(id: string, { path, signal }: { path: string } & Abortable): Promise<RawCgroup> {
    const query = new URLSearchParams({ path });
    return this.#server.json({ method: 'GET', path: `${sandboxPath(id)}/cgroup?${query}`, signal });
  }

  /**
   * A connection to a Unix socket in the sandbox, or with `tcp:127.0.0.1:8080` to a TCP port as reached from inside.
   * Everything read from it was chosen by the learner.
   */
  dial(id: string, path: string, options: { timeoutMs?: number } & Abortable = {}): Promise<Socket> {
    const timeoutMs = options.timeoutMs ?? this.#server.timeoutMs;
    return dial({
      socketPath: this.#server.socketPath,
      sandboxId: id,
      path,
      timeoutMs,
      signal: options.signal,
    });
  }

  /** Rejects with SANDBOX_NOT_RUNNING where it does not run. */
  usage(id: string): Promise<SandboxUsage> {
    return this.#server.json({ method: 'GET', path: `${sandboxPath(id)}/usage` });
  }

  async plan(id: string, plan: SandboxPlan): Promise<void> {
    await this.#server.json({ method: 'POST', path: `${sandboxPath(id)}/plan`, body: plan });
  }

  /** What changes, as it changes; ends when the sandbox is stopped. Rejects as `usage` does, or with the signal's reason. */
  followUsage(id: string, { signal }: Abortable = {}): AsyncGenerator<UsageReport, void, undefined> {
    return this.#server.follow({ method: 'GET', path: `${sandboxPath(id)}/usage?follow=1`, signal });
  }
}
