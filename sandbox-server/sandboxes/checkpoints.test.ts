import { expect, test } from 'vitest';
import type { CheckpointFacts } from '../engine.ts';
import { beyondBounds, takeCheckpoint } from './checkpoints.ts';

const facts = (sizes: number[]): CheckpointFacts[] =>
  sizes.map((sizeBytes, index) => ({ id: `c${index}`, createdAt: `2026-01-0${index + 1}`, sizeBytes }));
const ids = (kept: CheckpointFacts[]): string[] => kept.map(({ id }) => id);

test('within the bounds nothing goes', () => {
  expect(beyondBounds(facts([1, 1]), { most: 2, bytes: 2 })).toEqual([]);
});

test('the oldest goes first, for their number and for their bytes', () => {
  expect(ids(beyondBounds(facts([1, 1, 1]), { most: 2, bytes: 9 }))).toEqual(['c0']);
  expect(ids(beyondBounds(facts([5, 2, 3]), { most: 9, bytes: 5 }))).toEqual(['c0']);
  expect(ids(beyondBounds(facts([2, 5, 3]), { most: 9, bytes: 4 }))).toEqual(['c0', 'c1']);
});

test('one that alone is too large goes, and costs no other', () => {
  expect(ids(beyondBounds(facts([1, 1, 9]), { most: 2, bytes: 4 }))).toEqual(['c2']);
});

function engineOf(sizes: number[], newSize: number) {
  const kept = facts(sizes);
  return {
    kept,
    take: async (_: string, { checkpointId }: { checkpointId: string }) => {
      kept.push({ id: checkpointId, createdAt: '2026-02-01', sizeBytes: newSize });
      return { frozenMs: 2 };
    },
    list: async () => [...kept],
    drop: async (_: string, id: string) => {
      kept.splice(
        kept.findIndex((one) => one.id === id),
        1,
      );
    },
  };
}
const { signal } = new AbortController();

test('what was dropped for the new one is said', async () => {
  const engine = engineOf([1, 1], 1);
  const taken = await takeCheckpoint({ checkpoints: engine, id: 's', bounds: { most: 2, bytes: 9 }, signal });
  expect(taken).toMatchObject({ frozenMs: 2, dropped: ['c0'] });
  expect(ids(engine.kept)).toEqual(['c1', taken.id]);
});

test('too large is a coded error that says how large, and leaves the others', async () => {
  const engine = engineOf([1, 1], 8);
  const taken = takeCheckpoint({ checkpoints: engine, id: 's', bounds: { most: 9, bytes: 7 }, signal });
  await expect(taken).rejects.toMatchObject({
    code: 'CHECKPOINT_FAILED',
    message: expect.stringContaining('takes 8 bytes'),
  });
  expect(ids(engine.kept)).toEqual(['c0', 'c1']);
});

test('none may be kept: refused before anything is copied', async () => {
  const engine = engineOf([], 1);
  const taken = takeCheckpoint({ checkpoints: engine, id: 's', bounds: { most: 0, bytes: 7 }, signal });
  await expect(taken).rejects.toMatchObject({ code: 'CHECKPOINT_FAILED' });
  expect(engine.kept).toEqual([]);
});
