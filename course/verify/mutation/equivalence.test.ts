import { expect, test } from 'vitest';
import { declared, faultsOfDeclarations } from './equivalence.ts';
import { scoreOf, type MutantResult } from './mutation-proof.ts';

const because = 'It ends by itself.';
const result = (change: string, outcome: MutantResult['outcome']): MutantResult => ({
  exerciseId: 'a/b/c',
  line: 2,
  change,
  outcome,
  ...(outcome === 'killed' && { by: 'word', detail: 'There is no file.' }),
  ms: 1,
});

test('a declaration is of one change in one line', () => {
  const equivalent = [{ line: 2, change: 'drop a', because }];
  expect(declared({ line: 2, change: 'drop a' }, equivalent)).toBe(equivalent[0]);
  expect(declared({ line: 1, change: 'drop a' }, equivalent)).toBeNull();
  expect(declared({ line: 2, change: 'drop ab' }, equivalent)).toBeNull();
});

test('declarations that are not so are faults', () => {
  const results = [result('drop flag -f', 'equivalent'), result('drop wait', 'killed')];
  const faults = faultsOfDeclarations(
    [
      { line: 2, change: 'drop flag -f', because },
      { line: 2, change: 'drop wait', because },
      { line: 2, change: 'drop flag -q', because },
    ],
    results,
  );
  expect(faults).toEqual([
    '`equivalent` has `drop wait` in line 2, and check `word` notices it: There is no file.\nTake it out of exercise.yaml.',
    '`equivalent` has `drop flag -q` in line 2, and no such change is made there; expected one as it is listed; did you mean `drop flag -f`?',
  ]);
});

test('the score leaves equivalents out, and is 100 only where all are noticed', () => {
  const many = (count: number, outcome: MutantResult['outcome']) =>
    Array.from({ length: count }, () => result('x', outcome));
  expect(scoreOf([...many(199, 'killed'), ...many(1, 'survived'), ...many(5, 'equivalent')])).toEqual({
    killed: 199,
    survived: 1,
    equivalent: 5,
    unjudged: 0,
    percent: 99,
  });
  expect(scoreOf([]).percent).toBe(100);
  expect(scoreOf(many(2, 'unjudged')).percent).toBe(0);
});
