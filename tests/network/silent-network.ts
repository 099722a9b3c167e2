/**
 * A network namespace of a test's own, with a browser in it and a course at its usual address there, whose packets can be
 * made to vanish: nothing is refused, reset or closed, as when a laptop leaves the reach of its network. Needs root.
 */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { joinSockets } from './joined-sockets.ts';

const relay = fileURLToPath(new URL('namespace-relay.ts', import.meta.url));
const chains = ['INPUT', 'OUTPUT'];

export class SilentNetwork implements AsyncDisposable {
  readonly #name = `camp-silent-${randomBytes(3).toString('hex')}`;
  readonly #directory = mkdtempSync(join(tmpdir(), 'camp-silent-'));
  readonly #sockets = new Set<Socket>();
  readonly #server: Server;
  #relay: ChildProcess | null = null;

  private constructor(port: number) {
    this.#server = createServer((near) => {
      const far = connect(port, '127.0.0.1');
      for (const socket of [near, far]) {
        this.#sockets.add(socket);
        socket.on('close', () => this.#sockets.delete(socket));
      }
      joinSockets(near, far);
    });
  }

  /** `port`: where the course listens here; there it is at the same address. */
  static async start(port: number): Promise<SilentNetwork> {
    const network = new SilentNetwork(port);
    const door = join(network.#directory, 'door');
    network.#server.listen(door);
    await once(network.#server, 'listening');
    execFileSync('ip', ['netns', 'add', network.#name]);
    network.#run('ip', 'link', 'set', 'lo', 'up');
    const { argv } = network;
    const child = spawn(argv[0] as string, [...argv.slice(1), process.execPath, relay, door, String(port)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    network.#relay = child;
    await once(child.stdout, 'data');
    return network;
  }

  /** Before the words of a command: it then runs there. */
  get argv(): string[] {
    return ['nsenter', `--net=/run/netns/${this.#name}`];
  }

  /** A program that is `program` there, with the arguments it is given. */
  wrap(program: string): string {
    const path = join(this.#directory, 'wrapped');
    writeFileSync(path, `#!/bin/sh\nexec ${this.argv.join(' ')} ${program} "$@"\n`);
    chmodSync(path, 0o700);
    return path;
  }

  /** From now on every packet vanishes. */
  silence(): void {
    for (const chain of chains) this.#run('iptables-legacy', '-A', chain, '-j', 'DROP');
  }

  hear(): void {
    for (const chain of chains) this.#run('iptables-legacy', '-F', chain);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#relay && this.#relay.exitCode === null) {
      this.#relay.kill();
      await once(this.#relay, 'exit');
    }
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    execFileSync('ip', ['netns', 'delete', this.#name]);
    rmSync(this.#directory, { recursive: true });
  }

  #run(...command: string[]): void {
    const [program = '', ...words] = [...this.argv, ...command];
    execFileSync(program, words);
  }
}
