import { expect, test } from 'vitest';
import { OwnChanges } from './own-changes.ts';

test('what is read is of a moment without a change of one’s own', async () => {
  const changes = new OwnChanges();
  const events: string[] = [];
  const opening = Promise.withResolvers<void>();
  const closing = Promise.withResolvers<void>();
  void changes.run(() => opening.promise);
  let reads = 0;
  const read = changes.readBetween(async () => {
    reads += 1;
    events.push(`read ${reads}`);
    // One begins while the answer is on its way.
    if (reads === 1) {
      void changes.run(() => closing.promise).then(() => events.push('closed'));
      setTimeout(() => closing.resolve());
    }
    return reads;
  });
  await Promise.resolve();
  expect(events).toEqual([]);
  opening.resolve();
  expect(await read).toBe(2);
  expect(events).toEqual(['read 1', 'closed', 'read 2']);
});

test('a change that failed is over, and says so to who made it', async () => {
  const changes = new OwnChanges();
  const failed = changes.run(() => Promise.reject(new Error('no')));
  await expect(failed).rejects.toThrow('no');
  expect(await changes.readBetween(async () => 'list')).toBe('list');
});
