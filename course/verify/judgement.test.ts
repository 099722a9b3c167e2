import { expect, test } from 'vitest';
import type { ExerciseVerdict, Verdict } from '../../protocol/verdict.ts';
import { faultOfFresh, faultOfSolved, faultOfWrong } from './judgement.ts';

function graded(...statuses: Verdict['status'][]): ExerciseVerdict {
  const verdicts = statuses.map((status, index) => ({
    checkId: `check-${index + 1}`,
    status,
    sentence: `It is ${status}.`,
    expected: 'x',
    observed: 'y',
    where: 'z',
    evaluatedAt: '1970-01-01T00:00:00.000Z',
  }));
  return { exerciseId: 'a/b/c', verdicts, complete: statuses.every((status) => status === 'pass') };
}

test('a fresh machine leaves something to do and can be looked at', () => {
  expect(faultOfFresh(graded('pass', 'fail'))).toBeNull();
  expect(faultOfFresh(graded('pass', 'waiting'))).toBeNull();
  expect(faultOfFresh(graded('pass', 'pass'))).toBe(
    'every check passes in a fresh machine, so that nothing is left to do',
  );
  expect(faultOfFresh(graded('fail', 'could-not-look'))).toBe(
    'check `check-2` could not be judged: It is could-not-look.',
  );
});

test('a solution passes every check', () => {
  expect(faultOfSolved(graded('pass', 'pass'))).toBeNull();
  expect(faultOfSolved(graded('fail', 'pass', 'waiting'))).toBe(
    'check `check-1` does not pass: It is fail.\ncheck `check-3` does not pass: It is waiting.',
  );
});

test('a near miss fails the stated check with the stated words', () => {
  expect(faultOfWrong(graded('fail', 'pass'), { fails: 'check-1', says: 'is fail' })).toBeNull();
  expect(faultOfWrong(graded('waiting'), { fails: 'check-1', says: 'is waiting' })).toBeNull();
  expect(faultOfWrong(graded('fail', 'pass'), { fails: 'check-2', says: 'x' })).toMatch(
    /passes and must not/,
  );
  expect(faultOfWrong(graded('fail'), { fails: 'check-1', says: 'nginx' })).toMatch(
    /with "nginx" in it: It is fail\./,
  );
  expect(faultOfWrong(graded('could-not-look'), { fails: 'check-1', says: 'It' })).toMatch(
    /could not be judged/,
  );
  expect(faultOfWrong(graded('fail'), { fails: 'nowhere', says: 'It' })).toBe('there is no check `nowhere`');
});
