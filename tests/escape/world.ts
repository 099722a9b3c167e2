/** What the tests put on the host for an escape to find: files, a socket, a process, a disk. Nothing of it is anybody's. */
import { spawn, type ChildProcess } from 'node:child_process';
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const listener = fileURLToPath(new URL('host-listener.ts', import.meta.url));

export class World implements AsyncDisposable {
  readonly nonce = randomBytes(6).toString('hex');
  readonly directory = mkdtempSync(join(tmpdir(), 'camp-canary-'));
  readonly file = join(this.directory, 'canary');
  /** A process of the host that a sandbox must neither see nor touch; its command line has the nonce. */
  readonly #process: ChildProcess;
  readonly #listener: ChildProcess;
  readonly #diskImage: string;
  readonly #loop: string;
  readonly port: number;

  private constructor(listening: ChildProcess, port: number) {
    // Open to everyone: only the walls of the sandbox keep a learner from it.
    writeFileSync(this.file, 'alive', { mode: 0o666 });
    this.#listener = listening;
    this.port = port;
    this.#process = spawn('sleep', ['86400'], { argv0: `canary-${this.nonce}`, stdio: 'ignore' });
    this.#diskImage = join(this.directory, 'disk.img');
    execFileSync('truncate', ['-s', '8M', this.#diskImage]);
    execFileSync('mkfs.ext4', ['-q', '-F', '-L', 'canary', this.#diskImage]);
    // IPC_CREAT, IPC_EXCL, and leave for everyone.
    execFileSync('perl', ['-e', `shmget(${this.sharedMemoryKey}, 4096, 03666) // die $!`]);
    this.#loop = execFileSync('losetup', ['--find', '--show', '--read-only', this.#diskImage], {
      encoding: 'utf8',
    }).trim();
    execFileSync('mknod', ['-m', '666', this.deviceNode, 'b', ...this.#deviceNumbers()]);
  }

  /** `inNetwork`: a network namespace's file for the listener, instead of the host's own. */
  static async make({
    inNetwork,
    ports = [],
  }: { inNetwork?: string; ports?: string[] } = {}): Promise<World> {
    const command = [process.execPath, '--no-warnings', listener, ...ports];
    const [program, ...rest] =
      inNetwork === undefined ? command : ['nsenter', `--net=${inNetwork}`, ...command];
    const child = spawn(program as string, rest, { stdio: ['pipe', 'pipe', 'inherit'] });
    const [first] = (await once(child.stdout, 'data')) as [Buffer];
    const world = new World(child, Number(first.toString()));
    child.stdin.write(`${world.abstractName}\n`);
    await once(child.stdout, 'data');
    return world;
  }

  get abstractName(): string {
    return `camp-canary-${this.nonce}`;
  }

  /** A node of the disk that everyone may read: the walls alone keep a sandbox from it. */
  get deviceNode(): string {
    return join(this.directory, 'disk');
  }

  get sharedMemoryKey(): number {
    return Number.parseInt(this.nonce.slice(0, 7), 16) + 1;
  }

  /** Name of the loop device's file under /dev. */
  get device(): string {
    return this.#loop;
  }

  get pid(): number {
    return this.#process.pid as number;
  }

  isAlive(): boolean {
    return this.#process.exitCode === null && this.#process.signalCode === null;
  }

  #deviceNumbers(): string[] {
    const { rdev } = statSync(this.#loop);
    return [Math.floor(rdev / 256), rdev % 256].map(String);
  }

  /** For the scripts, as bash assignments. */
  variables(): string {
    const addresses = Object.values(networkInterfaces())
      .flat()
      .filter((one) => one?.family === 'IPv4')
      .map((one) => one?.address);
    return [
      `CANARY='${this.directory}'`,
      `NONCE='${this.nonce}'`,
      `ABSTRACT='${this.abstractName}'`,
      `PORT=${this.port}`,
      `SHM_KEY=${this.sharedMemoryKey}`,
      `DEVICE='${this.#deviceNumbers().join(' ')}'`,
      `HOST_ADDRESSES='${addresses.join(' ')}'`,
    ].join('\n');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const child of [this.#process, this.#listener]) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    }
    const remove = `shmctl(shmget(${this.sharedMemoryKey}, 0, 0) // die($!), 0, 0) // die $!`;
    execFileSync('perl', ['-e', remove]);
    execFileSync('losetup', ['--detach', this.#loop]);
    rmSync(this.directory, { recursive: true, force: true });
  }
}
