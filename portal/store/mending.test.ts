/** What power cuts and broken disks leave of the database: the portal goes on with all that could be read. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { Store } from './store.ts';

const pageBytes = 4096;
let directory: string;
let path: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'mending-'));
  path = join(directory, 'chrootcamp.db');
  const made = directory;
  onTestFinished(() => rmSync(made, { recursive: true }));
});

interface Filled {
  learners: string[];
}

/** Learners with a machine and some progress each; with a copy after the first half of them. */
async function fill({ count = 60, copied = false } = {}): Promise<Filled> {
  const store = new Store(path);
  const learners: string[] = [];
  const add = (): void => {
    const { id } = store.learners.create();
    learners.push(id);
    store.sandboxes.assign(id, `sandbox-${learners.length}`);
    const verdicts = [0, 1].map((check) => ({
      checkId: `check-${check}`,
      status: 'pass' as const,
      sentence: 'It is as asked. '.repeat(20),
      expected: 'a',
      observed: 'b',
      where: '/c',
      evaluatedAt: '2026-01-01T00:00:00.000Z',
    }));
    store.progress.record(id, { exerciseId: 'm/l/e', verdicts, complete: true }, new Date());
  };
  while (learners.length < count / 2) add();
  if (copied) await store.keepCopy(pino({ level: 'silent' }))[Symbol.asyncDispose]();
  while (learners.length < count) add();
  store[Symbol.dispose]();
  return { learners };
}

function opened(): Store {
  const store = new Store(path);
  onTestFinished(() => store[Symbol.dispose]());
  return store;
}

function overwrite(from: number, to: number): void {
  const bytes = readFileSync(path);
  bytes.fill(0xa5, from, to);
  writeFileSync(path, bytes);
}

const whole: [string, () => void][] = [
  ['empty', () => truncateSync(path, 0)],
  ['without its first page', () => overwrite(0, pageBytes)],
  ['zeroed', () => writeFileSync(path, Buffer.alloc(statSync(path).size))],
  ['garbage all through', () => overwrite(0, statSync(path).size)],
];
test.each(whole)(
  'a database that is %s: the copy takes its place, and the file is kept',
  async (_, damage) => {
    const { learners } = await fill({ copied: true });
    damage();
    const damaged = readFileSync(path);
    const store = opened();
    expect(store.learners.count()).toBe(30);
    expect(store.sandboxes.find(learners[0]!)).toBe('sandbox-1');
    expect(store.mending).toMatchObject({ incomplete: expect.arrayContaining(['learners']) });
    expect(readFileSync(join(store.mending!.keptIn, 'chrootcamp.db'))).toEqual(damaged);
  },
);

test('a broken page in the middle costs what was on it, and no table its other rows', async () => {
  const { learners } = await fill();
  const pages = statSync(path).size / pageBytes;
  // Sentences fill most of it: the broken page is one of theirs.
  overwrite((pages - 3) * pageBytes, (pages - 2) * pageBytes);
  const store = opened();
  expect(store.mending).not.toBeNull();
  expect(learners.filter((id) => store.learners.find(id) !== null)).toHaveLength(60);
  expect(learners.filter((id) => store.sandboxes.find(id) !== null)).toHaveLength(60);
  expect(
    learners.filter((learnerId) => store.progress.find({ learnerId, exerciseId: 'm/l/e' }).earnedAt),
  ).toHaveLength(60);
  expect(store.mending!.rows).toBeGreaterThan(250);
});

test('cut off in the middle: what is left of it, completed from the copy', async () => {
  const { learners } = await fill({ copied: true });
  truncateSync(path, Math.floor(statSync(path).size / pageBytes / 2) * pageBytes + 100);
  const store = opened();
  const found = learners.filter((id) => store.learners.find(id) !== null);
  expect(found.length).toBeGreaterThanOrEqual(30);
  expect(learners.slice(0, 30).every((id) => store.sandboxes.find(id) !== null)).toBe(true);
  // It is a database like any other.
  store.sandboxes.forget(learners[0]!, 'sandbox-1');
  expect(store.sandboxes.find(learners[0]!)).toBeNull();
});

test('every page broken in turn: it opens each time, and all that is referred to is there', async () => {
  await fill({ count: 16, copied: true });
  const original = readFileSync(path);
  for (let page = 0; page < original.length / pageBytes; page += 1) {
    writeFileSync(path, original);
    overwrite(page * pageBytes, (page + 1) * pageBytes);
    const store = new Store(path);
    expect(store.learners.count(), `page ${page}`).toBeGreaterThanOrEqual(8);
    store[Symbol.dispose]();
    for (const suffix of ['-wal', '-shm']) rmSync(path + suffix, { force: true });
  }
});

test('no copy and nothing to read: learners begin anew, and the file is kept', async () => {
  await fill();
  overwrite(0, statSync(path).size);
  const store = opened();
  expect(store.learners.count()).toBe(0);
  expect(readdirSync(store.mending!.keptIn)).toEqual(['chrootcamp.db']);
});

test('a damaged copy is no help and no harm; a whole database needs none', async () => {
  await fill({ copied: true });
  writeFileSync(`${path}.copy`, 'garbage');
  expect(opened().mending).toBeNull();
});

test('cannot be mended: refused by its code, and everything is as it was', async () => {
  await fill();
  overwrite(0, pageBytes);
  const damaged = readFileSync(path);
  // What is to be renamed to this cannot be, as on a full disk.
  mkdirSync(`${path}.mended`);
  expect(() => new Store(path)).toThrow(expect.objectContaining({ code: 'STATE_DAMAGED' }));
  expect(readFileSync(path)).toEqual(damaged);
  expect(readdirSync(directory).toSorted()).toEqual(['chrootcamp.db', 'chrootcamp.db.mended']);
});

test('killed between the two renamings: the mended one is taken', async () => {
  await fill();
  const bytes = readFileSync(path);
  rmSync(path);
  writeFileSync(`${path}.mended`, bytes);
  expect(opened().learners.count()).toBe(60);
  expect(existsSync(`${path}.mended`)).toBe(false);
});

test('a copy is one whole file', async () => {
  await fill({ copied: true });
  expect(readdirSync(directory).toSorted()).toEqual(['chrootcamp.db', 'chrootcamp.db.copy']);
});
