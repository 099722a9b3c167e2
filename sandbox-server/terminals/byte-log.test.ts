import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ByteLog } from './byte-log.ts';

test('holds exactly the newest bytes, whatever the chunks', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ minLength: 1, maxLength: 40 })), fc.nat(200), (chunks, from) => {
      const log = new ByteLog({ capacityBytes: 64 });
      for (const chunk of chunks) log.append(Buffer.from(chunk));
      const all = Buffer.concat(chunks);
      expect(log.endSeq).toBe(all.length);
      expect(all.length - log.firstSeq).toBeGreaterThanOrEqual(Math.min(64, all.length));
      const start = Math.min(all.length, Math.max(from, log.firstSeq));
      expect(Buffer.concat(log.readFrom(start))).toEqual(all.subarray(start));
    }),
  );
});

test('is bounded by its capacity and one chunk', () => {
  const log = new ByteLog({ capacityBytes: 100 });
  for (let count = 0; count < 1000; count += 1) log.append(Buffer.alloc(30));
  expect(log.endSeq - log.firstSeq).toBeLessThan(130);
});
