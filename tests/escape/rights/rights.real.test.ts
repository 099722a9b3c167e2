/** Each right that is granted, taken away in turn: what it is there for stops working. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { capabilitiesWithin, hostBoundingSet } from '../../../sandbox-server/engines/runc/capabilities.ts';
import { RunningSandboxServer } from '../../running-sandbox-server.ts';
import { WrappedRuntime } from '../knobs/wrapped-runtime.ts';
import type { Edit } from '../knobs/bundle-edit.ts';
import { postureOf } from '../posture/posture.ts';
import { forDocker, groups, rights } from './rights.ts';

const dockerOff: Edit = { edit: 'with-environment', variable: 'CHROOTCAMP_DOCKER=off' };
const runtime = new WrappedRuntime();
let server: RunningSandboxServer;
let whole: string;
beforeAll(async () => {
  runtime.turn([dockerOff]);
  server = await RunningSandboxServer.start({ within: runtime.within });
  whole = (await server.client.create({})).id;
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  runtime[Symbol.dispose]();
});

async function under<T>(edits: Edit[], look: (sandbox: string) => Promise<T>): Promise<T> {
  runtime.turn(edits);
  const { id } = await server.client.create({});
  try {
    return await look(id);
  } finally {
    await server.client.destroy(id);
  }
}

const without = <T>(edit: Edit, look: (sandbox: string) => Promise<T>): Promise<T> =>
  under([dockerOff, edit], look);

/** In a directory of its own. The machine's own mount is set-user-id, which is nothing to root. */
async function works(sandbox: string, script: string): Promise<boolean> {
  const { exitCode } = await server.run(sandbox, `cd "$(mktemp -d)" || exit 9; { ${script}; } 2>&1`);
  return exitCode === 0;
}

const granted = capabilitiesWithin(hostBoundingSet());

test('every capability that may be granted has its reason here', () => {
  expect(Object.keys({ ...rights, ...forDocker }).toSorted()).toEqual(
    capabilitiesWithin('1ffffffffff').toSorted(),
  );
});

test.each(granted.filter((name) => name in rights))('%s', async (name) => {
  const script = rights[name] ?? 'false';
  expect(await works(whole, script)).toBe(true);
  expect(await without({ edit: 'without-capability', name }, (sandbox) => works(sandbox, script))).toBe(
    false,
  );
});

test.each(Object.entries(forDocker))('%s, by Docker', async (name, script) => {
  const dockerWorks = async (sandbox: string) => {
    await server.client.view(sandbox, { docker: 'wait' });
    return works(sandbox, script);
  };
  expect(await under([], dockerWorks)).toBe(true);
  expect(await under([{ edit: 'without-capability', name }], dockerWorks)).toBe(false);
});

test.each(Object.entries(groups))('system calls: %s', async (_, { calls, script }) => {
  expect(await works(whole, script)).toBe(true);
  expect(await without({ edit: 'without-calls', calls }, (sandbox) => works(sandbox, script))).toBe(false);
});

const mountsIn = async (sandbox: string) =>
  (await postureOf({ server, sandbox, place: 'shell' })).get('mounts')?.split('\n') ?? [];

test.each(['/dev/shm', '/dev/mqueue', '/dev/.sysfs', '/run'])('the mount at %s', async (destination) => {
  const before = await mountsIn(whole);
  const after = await without({ edit: 'without-mount', destination }, mountsIn);
  expect(before.filter((line) => !after.includes(line)).map((line) => line.split(' ')[0])).toContain(
    destination,
  );
});
