/** One knob turned in a throwaway server, and what then fails. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { cases } from '../cases.ts';
import { places, type EscapeCase } from '../escape-case.ts';
import { EscapeSuite } from '../suite.ts';
import { World } from '../world.ts';
import type { Knob } from './knobs.ts';
import { OwnNetwork } from './own-network.ts';
import { WrappedRuntime } from './wrapped-runtime.ts';

const listener = fileURLToPath(new URL('../host-listener.ts', import.meta.url));

function casesUnder(knob: Knob): EscapeCase[] {
  return cases.filter(
    ({ exhausts = false, notUnder = [] }) =>
      exhausts === (knob.exhausting ?? false) && !notUnder.includes(knob.name),
  );
}

/** What was wrong, by case. Throws where the host itself was changed: then a case is not as harmless as it must be. */
export async function turn(knob: Knob): Promise<Map<string, string>> {
  using network = knob.ownNetwork ? new OwnNetwork() : null;
  const world = await World.make(
    network === null ? {} : { inNetwork: network.path, ports: ['80=the host answered', '8099=neighbour'] },
  );
  using runtime = new WrappedRuntime({ leak: knob.leaks ? world.directory : undefined });
  runtime.turn(knob.edits?.(world, network?.path ?? '') ?? []);
  const { containers = false } = knob;
  await using suite = await EscapeSuite.start({
    world,
    containers,
    within: runtime.within,
    ...knob.server?.(world),
  });
  const { server, sandbox } = suite;
  const gateway = `--net=${server.runtimeDir}/sb/${sandbox}/gateway.net`;
  const door =
    knob.door === undefined
      ? null
      : spawn('nsenter', [gateway, process.execPath, '--no-warnings', listener, `${knob.door}=a door`]);
  if (door !== null) await once(door.stdout, 'data');
  try {
    const before = suite.look();
    const faults = new Map<string, string>();
    for (const place of containers ? places : (['shell'] as const))
      for (const [id, fault] of await suite.run(place, casesUnder(knob)))
        faults.set(id, `${place}: ${fault}`);
    const after = suite.look();
    const moved = Object.keys(before).filter((name) => before[name] !== after[name]);
    if (moved.length > 0) throw new Error(`with ${knob.name}, the host was changed: ${moved.join(', ')}`);
    return faults;
  } finally {
    if (door !== null) {
      const ended = once(door, 'exit');
      door.kill('SIGKILL');
      await ended;
    }
  }
}
