import { createServer } from 'node:http';
import type { Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { CodedError } from '../protocol/errors.ts';
import { limitsSchema } from '../protocol/limits.ts';
import type { CheckpointTaken, SandboxView } from '../protocol/sandbox-api.ts';
import type { FileView, RawProcess } from '../protocol/sandbox-looks.ts';
import type { UsageReport } from '../protocol/usage.ts';
import { EchoTerminal } from './echo-terminal.fixture.ts';

/** A machine that is a few maps: what a test puts in is what a look finds. */
export class EchoSandbox {
  readonly id: string;
  status: SandboxView['status'] = 'running';
  endedFor: SandboxView['endedFor'];
  docker: SandboxView['docker'] = 'ready';
  boot = 1;
  readonly limits = limitsSchema.parse({});
  readonly terminals = new Map<string, EchoTerminal>();
  readonly files = new Map<string, FileView>();
  processes: RawProcess[] = [];
  /** Every command run, joined by spaces. */
  readonly commands: string[] = [];
  /** Ids of its checkpoints, oldest first, and how many are kept. */
  readonly checkpoints: string[] = [];
  mostCheckpoints = 10;
  /** Commands are run, here and now, by whoever runs the test. */
  runsCommands = false;
  /** The exit status of the commands to come. */
  exitCode = 0;
  /** Awaited by every command before it ends. */
  commandGate: Promise<void> = Promise.resolve();
  /** Answers of its Docker by path; what is not there is 404. */
  readonly dockerAnswers = new Map<string, unknown>();
  readonly #followers = new Set<ServerResponse>();
  /** As asked for last. */
  followedPaths: string[] = [];
  readonly #fileFollowers = new Set<ServerResponse>();
  readonly #usageFollowers = new Set<ServerResponse>();
  readonly #dockerServer: Server;
  readonly #dials = new Set<Duplex>();

  constructor(id: string) {
    this.id = id;
    this.#dockerServer = createServer((request, answer) => {
      const url = new URL(request.url ?? '', 'http://docker');
      if (url.pathname === '/events') {
        answer.writeHead(200).flushHeaders();
        if (url.searchParams.has('until')) return void answer.end();
        this.#followers.add(answer);
        return void answer.on('close', () => this.#followers.delete(answer));
      }
      const body = this.dockerAnswers.get(url.pathname);
      return void answer.writeHead(body === undefined ? 404 : 200).end(JSON.stringify(body ?? {}));
    });
  }

  get followerCount(): number {
    return this.#followers.size;
  }

  view(): SandboxView {
    return {
      id: this.id,
      status: this.status,
      docker: this.docker,
      ...(this.endedFor && { endedFor: this.endedFor }),
      network: 'packages',
      createdAt: '2026-01-01T00:00:00Z',
      bootId: `${this.id}-${this.boot}`,
      limits: this.limits,
      kernel: { release: '6.1.0', version: '#1', machine: 'x86_64' },
    };
  }

  checkpoint(): CheckpointTaken {
    const id = randomId();
    this.checkpoints.push(id);
    const dropped = this.checkpoints.splice(0, Math.max(0, this.checkpoints.length - this.mostCheckpoints));
    return { id, createdAt: new Date().toISOString(), sizeBytes: 1, frozenMs: 1, dropped };
  }

  restore(checkpointId: string): void {
    if (!this.checkpoints.includes(checkpointId)) throw new CodedError('CHECKPOINT_GONE', checkpointId);
    this.end();
    this.boot += 1;
    this.docker = 'ready';
  }

  dial(connection: Duplex): void {
    this.#dials.add(connection);
    connection.on('close', () => this.#dials.delete(connection));
    this.#dockerServer.emit('connection', connection);
  }

  followUsage(answer: ServerResponse): void {
    answer.writeHead(200).flushHeaders();
    this.#usageFollowers.add(answer);
    answer.on('close', () => this.#usageFollowers.delete(answer));
  }

  get usageFollowerCount(): number {
    return this.#usageFollowers.size;
  }

  sayUsage(report: UsageReport): void {
    for (const answer of this.#usageFollowers) answer.write(`${JSON.stringify(report)}\n`);
  }

  followFiles(answer: ServerResponse, paths: string[]): void {
    this.followedPaths = paths;
    answer.write(`${JSON.stringify({ paths: [], incomplete: false })}\n`);
    this.#fileFollowers.add(answer);
    answer.on('close', () => this.#fileFollowers.delete(answer));
  }

  get fileFollowerCount(): number {
    return this.#fileFollowers.size;
  }

  sayFiles(paths: string[]): void {
    for (const answer of this.#fileFollowers)
      answer.write(`${JSON.stringify({ paths, incomplete: false })}\n`);
  }

  /** To all who follow. */
  sayDockerEvent(action: string): void {
    for (const answer of this.#followers) {
      answer.write(`${JSON.stringify({ Type: 'container', Action: action, timeNano: 1 })}\n`);
    }
  }

  killDocker(): void {
    this.docker = 'stopped';
    for (const connection of this.#dials) connection.destroy();
  }

  openTerminal(size: { cols: number; rows: number }): EchoTerminal {
    const terminal = new EchoTerminal(randomId(), size);
    this.terminals.set(terminal.id, terminal);
    return terminal;
  }

  end(): void {
    for (const terminal of this.terminals.values()) terminal.end();
    this.terminals.clear();
    for (const answer of [...this.#usageFollowers, ...this.#fileFollowers]) answer.end();
    this.killDocker();
  }
}

export function randomId(): string {
  return Array.from(
    { length: 12 },
    () => 'abcdefghijklmnopqrstuvwxyz0123456789'[Math.floor(Math.random() * 36)],
  ).join('');
}
