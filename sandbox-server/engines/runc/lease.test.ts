import { expect, test } from 'vitest';
import { IdLeases } from './lease.ts';

test('ranges never overlap, and come back only when released', () => {
  const leases = new IdLeases({ base: 65_536 * 10, ranges: 3 });
  leases.adopt(65_536 * 11);
  const taken = [leases.take(), leases.take()];
  expect(taken).toEqual([65_536 * 10, 65_536 * 12]);
  expect(() => leases.take()).toThrow(
    expect.objectContaining({ code: 'ID_RANGES_TAKEN', message: expect.stringMatching(/all 3 id ranges/) }),
  );
  leases.release(65_536 * 11);
  expect(leases.take()).toBe(65_536 * 11);
});
