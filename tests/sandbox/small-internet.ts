/**
 * An internet of a test's own: two network namespaces with a wire between them. In one everything answers, at public
 * addresses and at those that must never be reached; in the other a sandbox-server can be run.
 */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const host = fileURLToPath(new URL('small-internet-host.ts', import.meta.url));
/** The two ends of the wire; documentation networks, of which the egress proxy takes no notice. */
const [serverAddress, hostAddress] = ['198.51.100.2', '198.51.100.1'];

export interface Reached {
  port: number;
  address: string;
}

export interface SmallInternetOptions {
  /** Where there are several lists of addresses, each query is answered by the next. */
  names: Record<string, string[][]>;
  /** Besides those of `names`, at which web servers answer. */
  addresses: string[];
}

/** `ownAddress` stands for the address of the sandbox-server's side. */
export const ownAddress = serverAddress;

export class SmallInternet implements AsyncDisposable {
  /** Connections that got through. */
  readonly reached: Reached[] = [];
  readonly #directory = mkdtempSync(join(tmpdir(), 'camp-internet-'));
  readonly #children: ChildProcess[] = [];
  #place = 0;

  /** Runs a command where the sandbox-server is. */
  get within(): string[] {
    return ['nsenter', '--target', String(this.#place), '--net', '--mount', '--'];
  }

  static async start({ names, addresses }: SmallInternetOptions): Promise<SmallInternet> {
    const internet = new SmallInternet();
    try {
      await internet.#build({ names, addresses });
      return internet;
    } catch (error) {
      await internet[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** A process that holds new namespaces; its pid. */
  async #hold(...namespaces: string[]): Promise<number> {
    const child = spawn('unshare', [...namespaces, 'sh', '-c', 'echo ready; exec cat'], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.#children.push(child);
    await once(child.stdout, 'data');
    return child.pid as number;
  }

  async #build({ names, addresses }: SmallInternetOptions): Promise<void> {
    this.#place = await this.#hold('--net', '--mount');
    const far = await this.#hold('--net');
    const ip = (pid: number, commands: string[]) =>
      execFileSync('nsenter', ['--target', String(pid), '--net', 'ip', '-batch', '-'], {
        input: `${commands.join('\n')}\n`,
      });
    const everywhere = new Set([...addresses, ...Object.values(names).flat(2)]);
    const atHome = [...everywhere].filter(
      (one) => !/^127\.|^0\.|^::1$|^::ffff:/.test(one) && one !== serverAddress,
    );
    ip(far, [
      `link add wire type veth peer name wire netns ${this.#place}`,
      `address add ${hostAddress}/24 dev wire`,
      'address add fd5a::1/64 dev wire nodad',
      'link set wire up',
      'link set lo up',
      ...atHome.map((one) => `address add ${one}${one.includes(':') ? '/128 dev lo nodad' : '/32 dev lo'}`),
    ]);
    ip(this.#place, [
      'link set lo up',
      `address add ${serverAddress}/24 dev wire`,
      'address add fd5a::2/64 dev wire nodad',
      'link set wire up',
      `route add default via ${hostAddress}`,
      'route add ::/0 via fd5a::1',
    ]);
    const resolv = join(this.#directory, 'resolv.conf');
    writeFileSync(resolv, `nameserver ${hostAddress}\n`);
    const [command = '', ...args] = this.within;
    execFileSync(command, [...args, 'mount', '--bind', resolv, '/etc/resolv.conf']);
    await this.#answer(far, names);
    // The same on the server's own side, where nothing may be reached either.
    await this.#answer(this.#place, {});
  }

  async #answer(pid: number, names: SmallInternetOptions['names']): Promise<void> {
    const node = [process.execPath, '--no-warnings', host, JSON.stringify(names)];
    const child = spawn('nsenter', ['--target', String(pid), '--net', '--', ...node], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#children.push(child);
    const lines = createInterface({ input: child.stdout });
    const ready = Promise.withResolvers<void>();
    lines.on('line', (line) => {
      const told = JSON.parse(line) as Reached & { ready?: true };
      if (told.ready) ready.resolve();
      else this.reached.push(told);
    });
    child.once('exit', (code) => ready.reject(new Error(`the small internet ended with ${code}`)));
    await ready.promise;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const child of this.#children.toReversed()) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    }
    rmSync(this.#directory, { recursive: true, force: true });
  }
}
