import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import type { ExerciseVerdict, Verdict } from '../../protocol/verdict.ts';
import { Store } from './store.ts';

const exerciseId = 'module/lesson/exercise';

function databasePath(): string {
  const directory = mkdtempSync(join(tmpdir(), 'store-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  return join(directory, 'chrootcamp.db');
}

function openStore(path = databasePath()): Store {
  const store = new Store(path);
  onTestFinished(() => {
    try {
      store[Symbol.dispose]();
    } catch {
      // The test closed it.
    }
  });
  return store;
}

function verdictOf(...statuses: Verdict['status'][]): ExerciseVerdict {
  const verdicts = statuses.map((status, index) => ({
    checkId: `check-${index}`,
    status,
    sentence: `it is ${status}`,
    expected: 'a',
    observed: 'b',
    where: '/c',
    evaluatedAt: '2026-01-01T00:00:00.000Z',
  }));
  return { exerciseId, verdicts, complete: statuses.every((status) => status === 'pass') };
}

test('a database is made once and found again as it was', () => {
  const path = databasePath();
  const first = openStore(path);
  const learner = first.learners.create();
  first[Symbol.dispose]();
  const second = openStore(path);
  expect(second.learners.find(learner.id)).toEqual(learner);
  expect(second.learners.find('x'.repeat(22))).toBe(null);
  expect(second.learners.count()).toBe(1);
});

test('a database of a newer program is refused, not touched', () => {
  const path = databasePath();
  openStore(path)[Symbol.dispose]();
  const database = new DatabaseSync(path);
  database.exec('PRAGMA user_version = 99');
  database.close();
  expect(() => new Store(path)).toThrow(expect.objectContaining({ code: 'USAGE' }));
});

test('an exercise is earned once, tried when something changes', () => {
  const store = openStore();
  const { id } = store.learners.create();
  const at = (day: number): Date => new Date(Date.UTC(2026, 0, day));
  expect(store.progress.record(id, verdictOf('fail', 'waiting'), at(1))).toEqual({
    exerciseId,
    earnedAt: null,
    firstTriedAt: null,
    tries: 0,
    hintsUsed: 0,
    solutionSeenAt: null,
  });
  store.progress.record(id, verdictOf('fail', 'waiting'), at(2));
  expect(store.progress.record(id, verdictOf('pass', 'waiting'), at(3)).firstTriedAt).toBe(
    at(3).toISOString(),
  );
  store.progress.record(id, verdictOf('pass', 'pass'), at(4));
  store.progress.record(id, verdictOf('fail', 'pass'), at(5));
  store.progress.record(id, verdictOf('pass', 'pass'), at(6));
  expect(store.progress.list(id)).toEqual([
    {
      exerciseId,
      firstTriedAt: at(3).toISOString(),
      earnedAt: at(4).toISOString(),
      tries: 2,
      hintsUsed: 0,
      solutionSeenAt: null,
    },
  ]);
});

test('tries are counted until it is earned, what comes close together as one', () => {
  const store = openStore();
  const { id } = store.learners.create();
  const seconds = (count: number): Date => new Date(Date.UTC(2026, 0, 1, 0, 0, count));
  const tries = (): number => store.progress.find({ learnerId: id, exerciseId }).tries;
  store.progress.record(id, verdictOf('fail'), seconds(0));
  for (const [at, status] of [
    [20, 'waiting'],
    [22, 'fail'],
    [24, 'waiting'],
    [60, 'fail'],
  ] as const) {
    store.progress.record(id, verdictOf(status), seconds(at));
  }
  expect(tries()).toBe(2);
  store.progress.record(id, verdictOf('pass'), seconds(120));
  store.progress.record(id, verdictOf('fail'), seconds(240));
  expect(tries()).toBe(3);
});

test('another sentence of the same verdict is recorded, and is no try', () => {
  const store = openStore();
  const key = { learnerId: store.learners.create().id, exerciseId };
  const [first] = verdictOf('fail').verdicts;
  for (const sentence of ['There is none.', 'There is none; the newest is `web`.']) {
    const verdict = { exerciseId, verdicts: [{ ...first!, sentence }], complete: false };
    store.progress.record(key.learnerId, verdict, new Date());
  }
  expect(store.progress.events.replay(key)).toHaveLength(2);
  expect(store.progress.find(key)).toMatchObject({ tries: 0, firstTriedAt: null });
});

test('help is written down once, and everything can be replayed in its order', () => {
  const path = databasePath();
  const store = openStore(path);
  const key = { learnerId: store.learners.create().id, exerciseId };
  const at = (day: number): Date => new Date(Date.UTC(2025, 0, day));
  store.progress.useHint(key, 1, at(1));
  store.progress.useHint(key, 2, at(2));
  store.progress.useHint(key, 1, at(3));
  store.progress.seeSolution(key, at(4));
  store.progress.seeSolution(key, at(5));
  store.progress.record(key.learnerId, verdictOf('pass'), new Date(Date.UTC(2026, 5, 1)));
  expect(store.progress.find(key)).toMatchObject({ hintsUsed: 2, solutionSeenAt: at(4).toISOString() });
  const steps = store.progress.events.replay(key);
  expect(steps.map((step) => ('detail' in step ? `${step.what} ${step.detail}` : step.sentence))).toEqual([
    'hint 1',
    'hint 2',
    'solution ',
    'it is pass',
    'earned ',
  ]);
  expect(steps[3]).toMatchObject({ checkId: 'check-0', expected: 'a', observed: 'b', where: '/c' });
  const database = new DatabaseSync(path);
  expect(() => database.exec("UPDATE exercise_events SET detail = ''")).toThrow('never rewritten');
  for (const table of ['exercise_events', 'verdict_changes']) {
    expect(() => database.exec(`DELETE FROM ${table}`)).toThrow('never removed');
  }
  database.exec('PRAGMA foreign_keys = ON; DELETE FROM learners');
  expect(store.progress.events.replay(key)).toEqual([]);
  database.close();
});

test('the record of verdicts holds each change of status once, and cannot be rewritten', () => {
  const path = databasePath();
  const store = openStore(path);
  const { id } = store.learners.create();
  for (const status of ['fail', 'fail', 'pass', 'pass', 'fail'] as const) {
    store.progress.record(id, verdictOf(status, 'waiting'), new Date());
  }
  const database = new DatabaseSync(path);
  const rows = database
    .prepare("SELECT status FROM verdict_changes WHERE check_id = 'check-0' ORDER BY id")
    .all();
  expect(rows.map((row) => row['status'])).toEqual(['fail', 'pass', 'fail']);
  expect(() => database.exec("UPDATE verdict_changes SET status = 'pass'")).toThrow('never rewritten');
  expect(() => database.exec("UPDATE exercise_progress SET earned_at = 'now'")).not.toThrow();
  expect(() => database.exec("UPDATE exercise_progress SET earned_at = 'later'")).toThrow('stays earned');
  database.close();
});

test('a check flipped for ever does not fill the disk', () => {
  const path = databasePath();
  const store = openStore(path);
  const { id } = store.learners.create();
  for (let turn = 0; turn < 1_100; turn += 1) {
    store.progress.record(id, verdictOf(turn % 2 === 0 ? 'fail' : 'pass', 'waiting'), new Date());
  }
  const database = new DatabaseSync(path);
  expect(database.prepare('SELECT count(*) AS count FROM verdict_changes').get()?.['count']).toBe(1_000);
  database.close();
});

test('answers and set-ups are forgotten with the sandbox they are about', () => {
  const store = openStore();
  const learnerId = store.learners.create().id;
  const setUp = { sandboxId: 'abcdefghijkl', bootId: 'b', exerciseId };
  store.sandboxes.assign(learnerId, setUp.sandboxId);
  store.sandboxes.markSetUp(setUp);
  store.answers.put({ learnerId, exerciseId, checkId: 'c', answer: 'first' });
  store.answers.put({ learnerId, exerciseId, checkId: 'c', answer: 'second' });
  expect(store.answers.list(learnerId, exerciseId)).toEqual(new Map([['c', 'second']]));
  expect([store.sandboxes.isSetUp(setUp), store.sandboxes.isSetUp({ ...setUp, bootId: 'other' })]).toEqual([
    true,
    false,
  ]);
  expect(store.sandboxes.ownerOf(setUp.sandboxId)).toBe(learnerId);

  store.sandboxes.forget(learnerId, 'some-other-one');
  expect(store.sandboxes.find(learnerId)).toBe(setUp.sandboxId);
  store.sandboxes.forget(learnerId, setUp.sandboxId);
  expect(store.sandboxes.find(learnerId)).toBe(null);
  expect(store.answers.list(learnerId, exerciseId).size).toBe(0);
  expect(store.sandboxes.isSetUp(setUp)).toBe(false);
  // A script that ran meanwhile has nothing to be written down for.
  store.sandboxes.markSetUp(setUp);
  expect(store.sandboxes.isSetUp(setUp)).toBe(false);
});
