/** A server of the tests' own, a sandbox to break out of, a neighbour, and what is there to be found on the host. */
import { execFileSync } from 'node:child_process';
import { testMachineDir, RunningSandboxServer, type ServerOptions } from '../running-sandbox-server.ts';
import { buildMachine } from '../../machine/build.ts';
import { runBatch, startContainers } from './batch.ts';
import { faultOf, type EscapeCase, type Place } from './escape-case.ts';
import { lookAtHost } from './host-canary.ts';
import { KernelLog } from './kernel-log.ts';
import { World } from './world.ts';

/** Small, so that using them up is quick. */
export const limits = { memoryBytes: 640 * 1024 ** 2, pids: 400, diskBytes: 800 * 1024 ** 2 };

export interface SuiteOptions extends ServerOptions {
  world?: World;
  /** False: no containers, and Docker need not come up. */
  containers?: boolean;
}

export class EscapeSuite implements AsyncDisposable {
  readonly server: RunningSandboxServer;
  readonly world: World;
  readonly sandbox: string;
  readonly #treePath: string;
  readonly #log = new KernelLog();

  private constructor(server: RunningSandboxServer, world: World, sandbox: string, treePath: string) {
    this.server = server;
    this.world = world;
    this.sandbox = sandbox;
    this.#treePath = treePath;
  }

  static async start(options: SuiteOptions = {}): Promise<EscapeSuite> {
    const { treePath } = await buildMachine({ machineDir: testMachineDir });
    const world = options.world ?? (await World.make());
    try {
      const packageHosts = options.packageHosts ?? ['localhost', `localhost:${world.port}`];
      const server = await RunningSandboxServer.start({
        ...options,
        packageHosts,
        limits: { ...limits, ...options.limits },
      });
      try {
        const { containers = true } = options;
        const sandbox = containers ? await server.sandbox() : (await server.client.create({})).id;
        const suite = new EscapeSuite(server, world, sandbox, treePath);
        if (containers) {
          await startContainers(server, sandbox);
          await suite.#startNeighbour();
        }
        return suite;
      } catch (error) {
        await server[Symbol.asyncDispose]();
        throw error;
      }
    } catch (error) {
      await world[Symbol.asyncDispose]();
      throw error;
    }
  }

  async #startNeighbour(): Promise<void> {
    const { id } = await this.server.client.create({});
    const serve = `use Socket; socket(my $l, 2, 1, 0); setsockopt($l, 1, 2, 1); bind($l, sockaddr_in(8099, INADDR_ANY)); listen($l, 9); while (accept(my $c, $l)) { print $c "neighbour"; close $c }`;
    await this.server.run(id, `setsid perl -e '${serve}' ${this.world.nonce}-neighbour >/dev/null 2>&1 &`);
  }

  look(): Record<string, string> {
    const complaints = this.#log.complaints().join('');
    return { ...lookAtHost({ world: this.world, treePath: this.#treePath }), 'kernel log': complaints };
  }

  /** One hash over the contents of every file that all learners share, as whoever opens it next would read it. */
  treeDigest(): string {
    const script =
      'cd "$1" && find . -xdev -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -d" " -f1';
    return execFileSync('sh', ['-c', script, 'sh', this.#treePath], { encoding: 'utf8' }).trim();
  }

  /** What was wrong, by case; a case missing from it held. Output that never came is a fault. */
  async run(place: Place, cases: readonly EscapeCase[]): Promise<Map<string, string>> {
    const outputs = await runBatch(cases, { ...this, place });
    const faults = new Map<string, string>();
    for (const one of cases) {
      const output = outputs.get(one.id);
      const fault = output === undefined ? 'it gave no answer' : faultOf(one, place, output);
      if (fault !== null) faults.set(one.id, fault);
    }
    return faults;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#log[Symbol.dispose]();
    await this.server[Symbol.asyncDispose]();
    await this.world[Symbol.asyncDispose]();
  }
}
