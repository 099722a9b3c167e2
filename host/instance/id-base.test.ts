import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chooseIdBase, idsPerInstance } from './id-base.ts';

const instance = fc.integer({ min: 0, max: 0xffff_ffff }).map((value) => value.toString(16).padStart(8, '0'));

test('blocks of any instances never overlap, and stay between 2^30 and 2^31', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(instance, fc.constantFrom('course', 'private')), { maxLength: 40 }),
      (asked) => {
        const taken = new Set<number>();
        for (const [name, kind] of asked) {
          const base = chooseIdBase({ instance: name, kind, taken });
          if (base === null) {
            expect(taken.size).toBe(32);
            continue;
          }
          expect(base % idsPerInstance).toBe(0);
          expect(taken.has(base)).toBe(false);
          expect(base).toBeGreaterThanOrEqual(2 ** 30);
          expect(base + idsPerInstance).toBeLessThanOrEqual(2 ** 31);
          taken.add(base);
        }
      },
    ),
  );
});

test('a course that finds its block free always gets the same', () => {
  const question = { instance: '1234abcd', kind: 'course', taken: new Set<number>() } as const;
  expect(chooseIdBase(question)).toBe(chooseIdBase(question));
});
