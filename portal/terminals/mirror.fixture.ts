/** For tests: mirrors before an echo server, and the pages on them. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, vi } from 'vitest';
import type { ServerMessage } from '../../protocol/terminal.ts';
import { SandboxClient } from '../../sandbox-client/client.ts';
import { EchoSandbox } from '../echo-sandbox.fixture.ts';
import { EchoServer } from '../echo-server.fixture.ts';
import type { EchoTerminal } from '../echo-terminal.fixture.ts';
import { createLog } from '../log.ts';
import { TerminalMirror } from './mirror.ts';
import { Reader } from './reader.fixture.ts';
import { Viewer } from './viewer.ts';

export const size = { cols: 80, rows: 24 };

/** One echo server with one sandbox for the tests of a file. */
export class MirrorFixture {
  readonly sandbox = new EchoSandbox('abcdefghijkl');
  server!: EchoServer;
  #client!: SandboxClient;

  constructor() {
    let directory = '';
    beforeAll(async () => {
      directory = await mkdtemp(join(tmpdir(), 'mirror-'));
      this.server = new EchoServer(join(directory, 's'));
      this.#client = new SandboxClient({ socketPath: join(directory, 's') });
      this.server.sandboxes.set(this.sandbox.id, this.sandbox);
      await this.server.start();
    });
    afterAll(async () => {
      await this.server[Symbol.asyncDispose]();
      await rm(directory, { recursive: true });
    });
  }

  mirrorOf(terminal: EchoTerminal, options: { idleMs?: number; onCommandFinished?: () => void } = {}) {
    const ended = vi.fn();
    const mirror = new TerminalMirror({
      client: this.#client,
      sandboxId: this.sandbox.id,
      terminalId: terminal.id,
      log: createLog('silent'),
      onCommandFinished: () => {},
      onEnd: ended,
      ...options,
    });
    return { mirror, ended };
  }
}

/** A browser on the mirror: it reads what it is sent, and acknowledges it unless told not to. */
export class MirrorPage {
  readonly reader = new Reader(size);
  readonly messages: ServerMessage[] = [];
  closed: number | null = null;
  acknowledges = true;
  position = 0;
  readonly viewer: Viewer;
  readonly #mirror: TerminalMirror;
  #snapshotIsNext = false;

  constructor(mirror: TerminalMirror, at: { cols: number; rows: number } = size) {
    this.#mirror = mirror;
    this.viewer = new Viewer({
      source: mirror,
      size: at,
      sink: {
        sendBytes: (bytes) => this.#onBytes(bytes),
        tell: (message) => this.#onMessage(message),
        close: (code) => (this.closed = code),
      },
    });
  }

  /** Resolves at the hello. */
  async attach(resumeFrom?: number): Promise<void> {
    await this.#mirror.attach(this.viewer, resumeFrom);
    await vi.waitFor(() => expect(this.messages.map((message) => message.type)).toContain('hello'), {
      interval: 1,
    });
  }

  #onMessage(message: ServerMessage): void {
    this.messages.push(message);
    if (message.type !== 'hello') return;
    this.position = message.seq;
    this.#snapshotIsNext = message.mode === 'snapshot';
    if (message.mode === 'fresh') this.reader.reset();
  }

  #onBytes(bytes: Buffer): void {
    void this.reader.read(bytes);
    if (!this.#snapshotIsNext) this.position += bytes.length;
    this.#snapshotIsNext = false;
    const position = this.position;
    if (this.acknowledges) void this.reader.read('').then(() => this.viewer.acknowledge(position));
  }

  async upTo(seq: number): Promise<void> {
    await vi.waitFor(() => expect(this.position).toBe(seq), { timeout: 30_000, interval: 5 });
    await this.reader.read('');
  }
}
