import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { layoutOf } from '../layout.ts';
import type { Layout } from '../layout.ts';
import { claimInstance, enterInstance, readClaims } from './claim.ts';
import { clearRuntime } from './clear-runtime.ts';
import { idsPerInstance } from './id-base.ts';

let folder: string;
const { signal } = new AbortController();
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'claim-'))));
afterEach(() => rmSync(folder, { recursive: true }));

function instance(name: string): Layout {
  const dataDir = path.join(folder, name);
  mkdirSync(dataDir, { recursive: true });
  return layoutOf(dataDir, path.join(folder, 'run'));
}

interface ClaimOptions {
  inUse?: boolean;
  onDamage?: (message: string) => void;
}

async function claim(layout: Layout, options: ClaimOptions = {}): Promise<number> {
  using _lock = enterInstance(layout);
  return (await claimInstance({ layout, kind: 'course', inUse: false, ...options, signal })).idBase;
}

test('instances at once have different ids, and keep them', async () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map(instance);
  const bases = await Promise.all(names.map((layout) => claim(layout)));
  expect(new Set(bases).size).toBe(bases.length);
  expect(await claim(names[3]!, { inUse: true })).toBe(bases[3]);
  expect(readClaims(names[0]!.runtimeRoot)).toHaveLength(names.length);
});

test('ids that another instance took meanwhile are given up where no disk has them', async () => {
  const [first, second] = [instance('first'), instance('second')];
  const base = await claim(first);
  clearRuntime(first.runtimeDir);
  // The other one happens to have had the same block in another life.
  writeFileSync(second.instanceFile, JSON.stringify({ idBase: base }));
  expect(await claim(second, { inUse: true })).toBe(base);
  expect(await claim(first)).not.toBe(base);
});

test('where both have disks, the second is refused and told whom to stop', async () => {
  const [first, second] = [instance('first'), instance('second')];
  const base = await claim(first);
  writeFileSync(second.instanceFile, JSON.stringify({ idBase: base }));
  await expect(claim(second, { inUse: true })).rejects.toThrow(`chrootcamp stop --data ${first.dataDir}`);
});

const faults: [string, (file: string) => void][] = [
  ['empty', (file) => truncateSync(file, 0)],
  ['cut off', (file) => truncateSync(file, 5)],
  ['zeroed', (file) => writeFileSync(file, Buffer.alloc(20))],
  ['of another kind', (file) => writeFileSync(file, '{"idBase":"many"}')],
];

/** A machine's files, as the sandbox-server keeps them. */
function keepMachine(layout: Layout, id: string, record: string | number): void {
  const directory = path.join(layout.sandboxesDir, id);
  mkdirSync(directory, { recursive: true });
  const text = typeof record === 'string' ? record : JSON.stringify({ version: 1, firstHostId: record });
  writeFileSync(path.join(directory, 'sandbox.json'), text);
}

test.each(faults)(
  'the record of ids %s: the machines say which they are, and the file is kept',
  async (_, damage) => {
    const [first, second] = [instance('first'), instance('second')];
    // Not the block that its name would give it.
    const base = await claim(first);
    clearRuntime(first.runtimeDir);
    writeFileSync(second.instanceFile, JSON.stringify({ idBase: base }));
    await claim(second);
    keepMachine(second, 'aaaaaaaaaaaa', base + 65_536 * 7);
    keepMachine(second, 'bbbbbbbbbbbb', '{"vers');
    damage(second.instanceFile);
    const told: string[] = [];
    expect(await claim(second, { inUse: true, onDamage: (message) => told.push(message) })).toBe(base);
    expect(told).toEqual([
      expect.stringMatching(/^STATE_DAMAGED: .*instance\.json is damaged: .* It is kept as /s),
    ]);
    expect(
      readdirSync(second.dataDir).filter((name) => name.startsWith('instance.json.damaged-')),
    ).toHaveLength(1);
    expect(readClaims(second.runtimeRoot)).toMatchObject([{ idBase: base }]);
  },
);

test('the record of ids gone: the machines say which they are', async () => {
  const [first, second] = [instance('first'), instance('second')];
  const base = await claim(first);
  clearRuntime(first.runtimeDir);
  keepMachine(second, 'aaaaaaaaaaaa', base);
  expect(await claim(second, { inUse: true })).toBe(base);
});

test('machines of two blocks: nobody guesses', async () => {
  const layout = instance('first');
  const base = await claim(layout);
  clearRuntime(layout.runtimeDir);
  rmSync(layout.instanceFile);
  keepMachine(layout, 'aaaaaaaaaaaa', base);
  keepMachine(layout, 'bbbbbbbbbbbb', base + idsPerInstance);
  await expect(claim(layout, { inUse: true })).rejects.toMatchObject({ code: 'STATE_DAMAGED' });
});

test.each(faults)("another course's claim %s: its server's configuration says its ids", async (_, damage) => {
  const [first, second] = [instance('first'), instance('second')];
  const base = await claim(first);
  const config = { idBase: base, stateDir: first.sandboxesDir, warm: 3 };
  writeFileSync(first.sandboxServerConfigFile, JSON.stringify(config));
  damage(first.claimFile);
  writeFileSync(second.instanceFile, JSON.stringify({ idBase: base }));
  expect(await claim(second)).not.toBe(base);
  expect(readClaims(first.runtimeRoot, { but: second.instance })).toEqual([
    { instance: first.instance, dataDir: first.dataDir, kind: 'course', idBase: base },
  ]);
  expect(await claim(first)).toBe(base);
});

test.each(faults)(
  "another course's claim %s and nothing else says: refused while it runs, else no matter",
  async (_, damage) => {
    const [first, second] = [instance('first'), instance('second')];
    await claim(first);
    damage(first.claimFile);
    const running = enterInstance(first);
    await expect(claim(second)).rejects.toMatchObject({
      code: 'STATE_DAMAGED',
      message: expect.stringContaining('chrootcamp stop'),
    });
    expect(readClaims(first.runtimeRoot, { skipDamaged: true })).toEqual([]);
    running![Symbol.dispose]();
    await claim(second);
  },
);

test('only one may enter', () => {
  const layout = instance('a');
  using lock = enterInstance(layout);
  expect(lock).not.toBeNull();
  expect(enterInstance(layout)).toBeNull();
});

test('the runtime directory of all instances goes with the last one', async () => {
  const [first, second] = [instance('first'), instance('second')];
  await claim(first);
  await claim(second);
  clearRuntime(first.runtimeDir);
  expect(readClaims(first.runtimeRoot)).toHaveLength(1);
  clearRuntime(second.runtimeDir);
  expect(existsSync(second.runtimeRoot)).toBe(false);
});
