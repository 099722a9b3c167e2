/** What people use instead: a program that makes containers out of the learners' tree, by its own command line. */
import type { Contender, ContenderMachine } from './contender.ts';
import type { RivalHost } from './rival-host.ts';

export interface Rival {
  name: string;
  /** Starts its daemon where it has one, and makes an image of the tree at /machine. */
  prepare: (host: RivalHost) => Promise<void>;
  /** Makes and starts the container called so. */
  create: (host: RivalHost, id: string) => Promise<unknown>;
  /** The command line that runs another one in it. */
  exec: (id: string) => string[];
  /** The command line that ends it, with all it has. */
  remove: (id: string) => string[];
}

/** What is the first process of ours, too. */
export const machineInit = ['/usr/bin/tini', '--', '/usr/lib/chrootcamp/init'];
const ping = 'curl -sf -o /dev/null --max-time 2 --unix-socket /run/docker.sock http://docker/_ping';
const awaitDocker = ['timeout', '60', 'sh', '-c', `until ${ping}; do sleep 0.02; done`];

export async function rivalContender(rival: Rival, host: RivalHost): Promise<Contender> {
  await rival.prepare(host);
  let count = 0;

  async function start(): Promise<ContenderMachine> {
    count += 1;
    const id = `camp${count}`;
    await rival.create(host, id);
    const run = (...argv: string[]) => host.run(...rival.exec(id), ...argv);
    const namespace = await run('readlink', '/proc/self/ns/pid');
    return {
      dockerReady: async () => void (await run(...awaitDocker)),
      owns: host.isIn(namespace),
      destroy: async () => void (await host.run(...rival.remove(id))),
    };
  }
  return { name: rival.name, start, serves: host.serves };
}
