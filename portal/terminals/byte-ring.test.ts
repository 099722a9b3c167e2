import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ByteRing } from './byte-ring.ts';

test('gives back any part of the newest bytes', () => {
  const chunks = fc.array(fc.uint8Array({ maxLength: 30 }), { maxLength: 30 });
  fc.assert(
    fc.property(
      chunks,
      fc.nat(1000),
      fc.nat(100),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (parts, start, size, at) => {
        const ring = new ByteRing({ capacityBytes: 50, start });
        const all = Buffer.concat(parts);
        for (const part of parts) ring.append(Buffer.from(part));
        expect(ring.end).toBe(start + all.length);
        expect(ring.end - ring.start).toBeGreaterThanOrEqual(Math.min(50, all.length));
        expect(ring.end - ring.start).toBeLessThan(50 + 30);
        const from = ring.start + Math.floor((ring.end - ring.start) * at);
        expect(ring.read(from, size)).toEqual(all.subarray(from - start, from - start + size));
      },
    ),
  );
});

test('a byte that is not kept is no empty answer', () => {
  const ring = new ByteRing({ capacityBytes: 4 });
  for (let turn = 0; turn < 4; turn += 1) ring.append(Buffer.from('abc'));
  expect(ring.start).toBe(6);
  expect(() => ring.read(5, 1)).toThrow(RangeError);
  expect(() => ring.read(13, 1)).toThrow(RangeError);
  expect(ring.read(12, 1)).toHaveLength(0);
});
