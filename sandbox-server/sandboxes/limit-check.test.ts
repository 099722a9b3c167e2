import { expect, test } from 'vitest';
import { limitsSchema } from '../../protocol/limits.ts';
import { checkLimits } from './limit-check.ts';

const own = limitsSchema.parse({});

test('less and as much may be asked for; more is refused by name, with both values', () => {
  expect(() => checkLimits({ pids: own.pids, memoryBytes: 64 * 1024 ** 2 }, own)).not.toThrow();
  expect(() => checkLimits({ pids: own.pids + 1 }, own)).toThrow(
    expect.objectContaining({ code: 'LIMIT_TOO_HIGH', message: expect.stringContaining('pids is 1501') }),
  );
});
